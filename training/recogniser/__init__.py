"""A trial: a small transformer encoder that tags names in context, not yet shipped.

``training/README.md`` has its recipe and scores, and what keeps it out of the package so far.
"""
