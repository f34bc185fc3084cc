"""The command line run inside the test's process."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Return a function that runs ``kg`` with the arguments given."""

    def run_kg(*arguments: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(
            main, [str(argument) for argument in arguments], input=stdin, prog_name="kg"
        )

    return run_kg
