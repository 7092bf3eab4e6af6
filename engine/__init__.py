"""Rules as code for local protocols: cases and protocols in, explained findings out."""

__version__ = "0.1.0"
