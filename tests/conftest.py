from __future__ import annotations

import os
from collections.abc import Generator, Iterator

import hypothesis
import pytest

from tests.postgresql import PostgreSql, postgresql
from tests.samples import NOT_AT_HAND

hypothesis.settings.register_profile("no seconds", deadline=None)  # a shared machine says nothing about speed
hypothesis.settings.load_profile("no seconds")

FORBID_SKIPS = os.environ.get("COPILOT_FORBID_SKIPS") == "1"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSql]:
    with postgresql() as server:
        yield server


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores, for much of the time goes by waiting; no more than memory has room for."""
    return min((os.cpu_count() or 1) + 1, 6)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything has been installed, a skipped test has failed, unless it is for want of others' files."""
    report = yield
    excused = hasattr(report, "wasxfail") or NOT_AT_HAND in str(report.longrepr)
    if FORBID_SKIPS and report.skipped and not excused:
        report.outcome = "failed"
        report.longrepr = f"skipped, which is forbidden here: {report.longrepr}"
    return report
