"""Scenarios: worked cases in YAML with what a protocol must say of them."""

from engine.scenarios.runner import Scenario, Shortfall, read_scenarios, run_scenario

__all__ = ["Scenario", "Shortfall", "read_scenarios", "run_scenario"]
