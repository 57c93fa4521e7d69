"""Calls are found by their words and listed by their day; accounts are known however they are typed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.dialects import sqlite

from copilot.adapters.store import SqlStore, finding, migrating, open_store
from copilot.domain.accounts import GoalSet
from copilot.domain.journal import Subject
from copilot.ports import Store
from tests.integration.stored import NOW, sqlite_in, started
from tests.integration.test_deleting_from_the_store import store

__all__ = ["store"]

pytestmark = pytest.mark.anyio


async def kept(
    store: Store,
    call_id: str,
    *,
    title: str | None = None,
    account: str | None = None,
    heard: tuple[str, ...] = (),
    held_on: date | None = None,
    over: bool = True,
    content: str | None = None,
) -> None:
    log, record = started(call_id, account)
    info = record.info.model_copy(update={"title": title, "held_on": held_on})
    told = {"info": info, "wrapped_up": over, "people": heard, "content": content}
    await store.append(call_id, log, record.model_copy(update=told))


async def found(store: Store, *terms: str, limit: int = 9) -> tuple[list[str], int]:
    records, in_all = await store.find(terms, limit)
    return [record.info.id for record in records], in_all


def listened_to(store: SqlStore) -> list[str]:
    """The statements that the database gets from now on."""
    asked: list[str] = []
    engine = store._engine.sync_engine  # what it asks shows nowhere else
    event.listen(engine, "before_cursor_execute", lambda *of: asked.append(of[2]))
    return asked


class TestFinding:
    async def test_by_title_account_and_people_all_of_the_terms(self, store: Store) -> None:
        await kept(store, "a", title="Kick-off", account="Größe 3%", heard=("Ottoline",))
        await kept(store, "b", title="Kick-off", account="Acme_1", heard=("Tom",))
        await kept(store, "untitled-x", account="Acme")

        assert await found(store, "kick") == (["a", "b"], 2)
        assert await found(store, "kick", "grösse") == (["a"], 1)
        assert await found(store, "ottoline") == (["a"], 1)
        assert await found(store, "dana", "acme") == (["b", "untitled-x"], 2)
        assert await found(store, "untitled") == (["untitled-x"], 1)
        assert await found(store, "3%") == (["a"], 1)
        assert await found(store, "_1") == (["b"], 1)
        assert await found(store, "kick", "nobody") == ([], 0)

    async def test_those_that_go_on_first_then_by_the_day_they_took_place(self, store: Store) -> None:
        day = NOW.date()
        await kept(store, "old", held_on=day - timedelta(days=300))
        await kept(store, "today")
        await kept(store, "live", held_on=day - timedelta(days=900), over=False)
        await kept(store, "earlier", held_on=day - timedelta(days=1))

        assert await found(store) == (["live", "today", "earlier", "old"], 4)
        assert await found(store, limit=2) == (["live", "today"], 4)

    async def test_they_and_their_number_are_of_one_moment(self, tmp_path: Path) -> None:
        """One query, since others write in between two."""
        async with open_store(sqlite_in(tmp_path)) as store:
            await kept(store, "a")
            asked = listened_to(store)

            assert await found(store, "a") == (["a"], 1)
            assert len(asked) == 1

    async def test_the_list_is_read_in_its_order(self, tmp_path: Path) -> None:
        """Not sorted anew each time."""
        async with open_store(sqlite_in(tmp_path)) as store:
            await kept(store, "a")
        query = finding.found([], 9).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
        with closing(sqlite3.connect(tmp_path / "copilot.db")) as database:
            plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {query}")]

        assert "SCAN calls USING INDEX calls_by_day" in plan
        assert [step for step in plan if "ORDER BY" in step] == []

    async def test_those_of_the_same_content(self, store: Store) -> None:
        await kept(store, "a", content="c1")
        await kept(store, "b", content="c2")

        assert [record.info.id for record in await store.of_content("c2")] == ["b"]
        assert await store.of_content("c3") == []


class TestAccounts:
    async def test_are_meant_but_for_case_and_outer_space_and_the_first_spelling_stays(self, store: Store) -> None:
        await kept(store, "a", account="Acme GmbH")

        assert [await store.account_named(name) for name in ("acme gmbh", " ACME GmbH ", "Acme GmbH", "Acme")] == [
            "Acme GmbH",
            "Acme GmbH",
            "Acme GmbH",
            None,
        ]

    async def test_that_are_told_apart_already_stay_apart(self, store: Store) -> None:
        await kept(store, "a", account="Acme")
        await kept(store, "b", account="acme")

        assert [await store.account_named(name) for name in ("Acme", "acme", "ACME")] == ["Acme", "acme", "Acme"]

    async def test_that_have_notes_and_no_calls_are_known_too(self, store: Store) -> None:
        await store.write(Subject("account", "Beta"), [GoalSet(text="Less", quarter="2026-Q3")], NOW)

        assert await store.account_named("beta") == "Beta"


async def test_calls_of_an_earlier_version_are_found_after_the_update(tmp_path: Path) -> None:
    async with open_store(sqlite_in(tmp_path)) as store:
        await kept(store, "a", title="Kick-off", account="Acme", held_on=date(2026, 2, 3))
    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{tmp_path / 'copilot.db'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0004")
    engine.dispose()

    async with open_store(sqlite_in(tmp_path)) as store:
        assert await found(store, "kick", "acme") == (["a"], 1)
        assert await store.account_named("ACME") == "Acme"
    with closing(sqlite3.connect(tmp_path / "copilot.db")) as database:
        assert database.execute("SELECT held_on FROM calls").fetchall() == [("2026-02-03",)]
