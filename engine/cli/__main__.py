"""`python -m engine.cli`, for where the console script is not installed."""

from engine.cli.app import main

main()
