"""Northborough over years: returns of many quarters that agree with each other, and their truth.

`world` knows what happened; `exports` says what each system would list of it; `mess` prints that
as exports are printed, which must raise no alarm; `faults` spoils a few cells, each with the report
that the intake owes us; `truth` writes all of it down.
"""
