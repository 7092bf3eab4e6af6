"""Starting: the files of a new protocol, and a new rule with its scenarios.

In: what a person calls things. Out: files that are valid and whose scenarios pass, none of which
ever replaces another.
"""
