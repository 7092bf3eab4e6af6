"""Scenarios: worked cases in YAML with what a protocol must say of them."""

from engine.scenarios.reading import read_scenarios
from engine.scenarios.runner import Caseload, by_result, shortfalls

__all__ = ["Caseload", "by_result", "read_scenarios", "shortfalls"]
