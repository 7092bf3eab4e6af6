"""The sector's own data formats, read into case files."""
