"""The command line: one file a command; nothing heavy is imported before it is needed."""

from engine.cli.app import main

__all__ = ["main"]
