"""The shape of a notebook: how it is read, what it must look like, and what of it is kept."""
