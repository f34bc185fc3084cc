"""Training: annotated passages and the scripts that fit the weights shipped in ``kg``."""
