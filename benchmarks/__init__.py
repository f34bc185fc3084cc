"""Measurements: quality against annotated guides, and speed. Nothing here is asserted in tests."""
