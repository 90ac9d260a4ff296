"""What one stage hands to the next: receipts and verdicts, shown tables, records.

These are types without behaviour beyond their own checks; every stage may import them.
"""
