"""What is measured, and against whom; `python -m benchmarks` prints it (`docs/benchmarks.md`)."""
