"""Counting days: `working_days` is the one place where it is done."""
