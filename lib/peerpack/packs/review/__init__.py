"""The review of a pack: who may do what when, kept in a chained log beside it."""
