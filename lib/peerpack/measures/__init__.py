"""Pure measures: admitted frames in, tidy tables of values at full precision out."""
