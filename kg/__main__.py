"""``python -m kg``: the same as the command ``kg``."""

from kg.cli import main

main(prog_name="kg")
