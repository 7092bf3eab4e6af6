"""What is said of protocols, not of cases: whether every clause of a document is accounted for."""
