"""Which adapters stand behind the ports: what a command works with, put together from the settings.

Heavy parts are imported where they are opened, so that `copilot analyze` starts in well under a second.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copilot.bundled import bundled
from copilot.domain.call import CallKind
from copilot.errors import BadSettings, NoSpeechModel
from copilot.wiring.language_model import open_language_models, open_second_tier
from copilot.wiring.speech import open_speech, transcribed_file, transcriber_at_hand

if TYPE_CHECKING:
    from copilot.adapters.mail import SmtpMailer
    from copilot.afterwards.outbox import Mailing
    from copilot.analysis.hearing import Analyst, Engine
    from copilot.commands.demo_account import DemoAccount
    from copilot.commands.email import Envelope
    from copilot.commands.one_call import Named
    from copilot.domain.call import Transcript
    from copilot.domain.playbook import Playbook
    from copilot.domain.scorecard_rubrics import ScorecardRubric
    from copilot.domain.state import CallState
    from copilot.live.calls import Calls
    from copilot.live.ears import Ears
    from copilot.live.keeping import Keeping
    from copilot.live.transcribing import Transcribing
    from copilot.ports import Store
    from copilot.review.maturity import MaturityMap
    from copilot.review.scorecard import KeptScorecards
    from copilot.settings import MailSettings, Settings
    from copilot.web.access import Access
    from copilot.web.services import Services
    from copilot.wiring.installation import Openers


def complain(problem: str) -> None:
    """One line on standard error."""
    click.echo(f"copilot: {' '.join(problem.split())}", err=True)


@contextlib.contextmanager
def open_engine(name: str, settings: Settings, playbook: Playbook) -> Iterator[Engine]:
    """What analyses whole calls: the first tier alone, or both."""
    from copilot.analysis.hearing import embedded_engine

    analyst = analyst_of(playbook)
    if name == "embedded":
        yield embedded_engine(analyst, playbook=playbook.version)
        return
    from copilot.adapters.store import MemoryStore
    from copilot.live.both_tiers import heard_by_both

    with asyncio.Runner() as runner:
        opened = contextlib.AsyncExitStack()
        tier = runner.run(opened.enter_async_context(open_second_tier(settings.llm, playbook)))
        if tier is None:
            raise BadSettings("no language model is set up: COPILOT_LLM__MODEL names one, and `copilot doctor` asks it")
        try:
            yield lambda talks: runner.run(
                heard_by_both(talks, analyst, tier, playbook=playbook.version, new_store=MemoryStore, complain=complain)
            )
        finally:
            runner.run(opened.aclose())


def state_of(named: Named, engine: str, settings: Settings) -> CallState:
    """The call that a command names, from the store or analysed on the spot."""
    from copilot.adapters.store import open_store
    from copilot.commands.one_call import NothingNamed, analysed, stored

    if named.file is None:
        if settings.store.url is None and not settings.store_file.is_file():
            raise NothingNamed(named.name)  # rather than make a store only to find nothing in it
        return asyncio.run(stored(named, lambda: open_store(settings.store_url)))
    playbook = load_playbook(settings)
    with open_engine(engine, settings, playbook) as both:
        return analysed(named.file, named, both, partial(heard, settings))


def kept_of(named: Named, settings: Settings) -> KeptScorecards:
    """What was kept of the scorecard of a call in the store, people's answers among it; nothing of a file's."""
    from copilot.adapters.store import open_store
    from copilot.afterwards.scorekeeping import Scorekeeper
    from copilot.review.scorecard import KeptScorecards

    async def read() -> KeptScorecards:
        async with open_store(settings.store_url) as store:
            return await Scorekeeper(store, {}, lambda: datetime.now(UTC)).of_call(named.name)

    return KeptScorecards() if named.file else asyncio.run(read())


def maturity_of(settings: Settings, since: str | None) -> MaturityMap:
    """How far the company's own value work has come, as the store has it; blank where there is no store."""
    from copilot.adapters.store import MemoryStore, open_store
    from copilot.afterwards.accounts import Accounts
    from copilot.afterwards.maturity import Maturity
    from copilot.afterwards.scorekeeping import Scorekeeper

    playbook, now = load_playbook(settings), lambda: datetime.now(UTC)

    async def read(store: Store) -> MaturityMap:
        scorekeeper, accounts = Scorekeeper(store, {}, now), Accounts(store, playbook.value_demonstration, now)
        return await Maturity(store, playbook.value_blueprint, scorekeeper, accounts, now).map(since=since)

    async def opened() -> MaturityMap:
        if settings.store.url is None and not settings.store_file.is_file():
            return await read(MemoryStore())
        async with open_store(settings.store_url) as store:
            return await read(store)

    return asyncio.run(opened())


async def send_summary(
    state: CallState, call_id: str, language: str | None, addressed: Envelope, settings: Settings
) -> None:
    """Send the summary of a call, and keep what became of it in the store."""
    from copilot.adapters.store import open_store
    from copilot.afterwards.outbox import Outbox
    from copilot.commands.email import send
    from copilot.settings import make_data_folder

    make_data_folder(settings)
    async with open_store(settings.store_url) as store:
        outbox = Outbox(open_mailer(settings.mail), store, lambda: datetime.now(UTC))
        await send(state, call_id, language, addressed, outbox)


def open_mailer(mail: MailSettings) -> SmtpMailer:
    """What sends through the mail server that is set up."""
    from copilot.adapters.mail import MailServer, SmtpMailer

    return SmtpMailer(
        MailServer(
            host=mail.host or "",
            port=mail.port,
            security=mail.security,
            sender=mail.sender or "",
            username=mail.username,
            password=mail.password.get_secret_value() if mail.password else None,
            ca_file=mail.ca_file,
            deadline_s=mail.deadline_s,
        )
    )


@contextlib.asynccontextmanager
async def open_services(settings: Settings, access: Access) -> AsyncIterator[Services]:
    """What the web application works with: store, playbook, analyst, calls."""
    from copilot.adapters.store import open_store
    from copilot.afterwards.accounts import Accounts
    from copilot.afterwards.drafts import Drafts
    from copilot.afterwards.scorekeeping import Scorekeeper
    from copilot.afterwards.sharing import Shares
    from copilot.live.calls import Calls, Limits
    from copilot.web.services import Services, TwilioTerms
    from copilot.wiring.installation import installation_of
    from copilot.wiring.outward import open_webhooks, told_of
    from copilot.wiring.reports import report_writers

    _check_sound(settings)
    playbook = load_playbook(settings)
    limits = Limits(silence_s=settings.live.silence_s, most_live=settings.live.most_calls)
    async with (
        open_store(settings.store_url) as kept,
        open_webhooks(settings, kept) as webhooks,
        open_second_tier(settings.llm, playbook) as second_tier,
        open_ears(settings, playbook) as ears,
    ):
        store = told_of(kept, webhooks)
        unheard = await _unheard(settings, store) if ears is None else []
        keeping = _keeping(settings, store)
        if ears is not None:
            ears.afterwards = keeping.over
        scorecards = load_scorecards(settings, playbook)
        scorekeeper = Scorekeeper(store, scorecards, lambda: datetime.now(UTC))
        analyst, keep = analyst_of(playbook), scorekeeper.keep
        calls = Calls(store, analyst, playbook.version, limits, second_tier, ears, unheard=unheard, keep=keep)
        yield Services(
            calls=calls,
            store=store,
            playbook=playbook,
            access=access,
            demos=_demos(),
            scorecards=scorecards,
            scorekeeper=scorekeeper,
            accounts=Accounts(store, playbook.value_demonstration, lambda: datetime.now(UTC)),
            keeping=keeping,
            drafts=Drafts(store, lambda: datetime.now(UTC)),
            shares=Shares(store, lambda: datetime.now(UTC), days=settings.share_days),
            mailing=_mailing(settings.mail, store),
            ears=ears,
            transcribing=_transcribing(settings, calls, ears),
            largest_recording=settings.sound.largest_upload_mib * 2**20,
            twilio=TwilioTerms(settings.twilio.auth_token, settings.twilio.url, settings.twilio.inbound),
            installation=installation_of(settings, store, playbook, _openers()),
            webhooks=webhooks,
            report_writers=report_writers(),
        )


def _mailing(mail: MailSettings, store: Store) -> Mailing | None:
    """How emails go out, where a mail server is set up."""
    if not mail.on:
        return None
    from copilot.afterwards.outbox import Mailing, Outbox, checked_address

    outbox = Outbox(open_mailer(mail), store, lambda: datetime.now(UTC))
    copies = tuple(checked_address(address) for address in mail.copies_to)
    return Mailing(outbox, checked_address(mail.sender or ""), copies)


def _openers() -> Openers:
    from copilot.wiring.installation import Openers

    return Openers(analyst_of, checked_playbook, open_language_models, transcriber_at_hand, open_mailer)


def _check_sound(settings: Settings) -> None:
    """Raises BadSettings where sound is to be kept and cannot be encoded."""
    if settings.sound.keep != "never" and find_spec("av") is None:
        raise BadSettings("sound.keep needs the extra 'speech', which `pip install 'copilot-value[speech]'` installs")


def _keeping(settings: Settings, store: Store) -> Keeping:
    """What keeps sound after its call, or deletes it."""
    from copilot.adapters.kept_sound import KeptFolder
    from copilot.adapters.spool import SpoolFolder
    from copilot.live.keeping import Keeping, Terms

    terms = Terms(settings.sound.keep == "with_consent", settings.sound.keep_days)
    kept, spools = KeptFolder(settings.data / "recordings"), SpoolFolder(settings.data / "sound")
    return Keeping(spools, kept, store, terms, lambda: datetime.now(UTC))


def _transcribing(settings: Settings, calls: Calls, ears: Ears | None) -> Transcribing | None:
    """What transcribes uploaded recordings, where there is a speech model."""
    if ears is None:
        return None
    from copilot.adapters.uploads import UploadFolder
    from copilot.live.transcribing import Transcribing

    return Transcribing(calls, ears, UploadFolder(settings.data / "uploads"))


async def _unheard(settings: Settings, store: Store) -> list[str]:
    """Calls whose sound an earlier run took and did not hear to its end."""
    from copilot.adapters.spool import SpoolFolder

    unfinished = set(await store.unfinished())
    waiting = [call_id for call_id in SpoolFolder(settings.data / "sound").there() if call_id in unfinished]
    if waiting:
        complain(f"the sound of {len(waiting)} calls waits for a speech model; COPILOT_SPEECH__MODEL names one")
    return waiting


@contextlib.asynccontextmanager
async def open_ears(settings: Settings, playbook: Playbook) -> AsyncIterator[Ears | None]:
    """What hears calls that come in as sound, or None without a speech model; the server runs all the same."""
    if not settings.speech.on:
        yield None
        return
    from copilot.adapters.spool import SpoolFolder

    async with contextlib.AsyncExitStack() as stack:
        try:
            speech = await stack.enter_async_context(open_speech(settings.speech))
        except NoSpeechModel as problem:
            complain(f"{problem}. Until then calls come in as text.")
            yield None
            return
        ears = speech.ears(SpoolFolder(settings.data / "sound"), playbook.company.names)
        warming = asyncio.create_task(ears.warm_up(), name="warming up") if settings.speech.server_url is None else None
        try:
            yield ears
        finally:
            if warming is not None:
                warming.cancel()
                await asyncio.gather(warming, return_exceptions=True)


def heard(settings: Settings, file: Path) -> Transcript:
    """What is said in a recording."""
    terms = load_playbook(settings).company.names
    return asyncio.run(transcribed_file(file, settings.speech, terms, settings.data / "analyses"))


def load_playbook(settings: Settings) -> Playbook:
    """The bundled playbook, or a company's own with the bundled one filling in."""
    from copilot.adapters.playbooks import load_playbook as load

    rubrics = bundled("rubrics")
    if settings.rubrics is None:
        return load(rubrics, pins=settings.pins)
    return load(settings.rubrics, fallback=rubrics, pins=settings.pins)


def checked_playbook(settings: Settings) -> Playbook:
    """The playbook, with the scorecards that are made for it read as well."""
    playbook = load_playbook(settings)
    load_scorecards(settings, playbook)
    return playbook


def load_scorecards(settings: Settings, playbook: Playbook) -> Mapping[CallKind, ScorecardRubric]:
    """The bundled scorecards, or a company's own with the bundled ones filling in."""
    from copilot.adapters.scorecards import load_scorecards as load

    rubrics = bundled("rubrics")
    if settings.rubrics is None:
        return load(rubrics, playbook)
    return load(settings.rubrics, playbook, fallback=rubrics)


def analyst_of(playbook: Playbook) -> Analyst:
    from copilot.adapters.encoder.encoder import Encoder
    from copilot.analysis.embedded import Embedded

    return Embedded(playbook, Encoder())


def bundled_account() -> DemoAccount:
    """The account that comes with the program."""
    from copilot.commands.demo_account import read_demo_account

    return read_demo_account(bundled("fixtures/demo/account"))


def _demos() -> dict[str, Transcript]:
    from copilot.importers.detect import read_transcripts

    files = sorted(bundled("fixtures/demo").glob("*.json"))
    return {file.stem: read_transcripts(file.read_bytes(), name=file.name)[0] for file in files}
