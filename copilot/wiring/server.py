"""What the web application works with."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from copilot.errors import BadSettings, NoSpeechModel
from copilot.wiring.alone import store_alone
from copilot.wiring.console import complain
from copilot.wiring.language_model import open_language_models, open_second_tier
from copilot.wiring.mail import mailing_of, open_mailer
from copilot.wiring.playbooks import analyst_of, bundled_calls, checked_playbook, load_playbook, load_scorecards
from copilot.wiring.speech import open_speech, transcriber_at_hand

if TYPE_CHECKING:
    from copilot.domain.playbook import Playbook
    from copilot.live.calls import Calls
    from copilot.live.ears import Ears
    from copilot.live.keeping import Keeping
    from copilot.live.transcribing import Transcribing
    from copilot.ports import Store
    from copilot.settings import Settings
    from copilot.web.access import Access
    from copilot.web.services import Services
    from copilot.wiring.installation import Openers


@contextlib.asynccontextmanager
async def open_services(settings: Settings, access: Access) -> AsyncIterator[Services]:
    """What the web application works with: store, playbook, analyst, calls."""
    from copilot.adapters import broken_off
    from copilot.adapters.store import open_store
    from copilot.afterwards.accounts import Accounts
    from copilot.afterwards.deleting import AtWork
    from copilot.afterwards.drafts import Drafts
    from copilot.afterwards.scorekeeping import Scorekeeper
    from copilot.afterwards.sharing import Shares
    from copilot.live.calls import Calls, Limits
    from copilot.web.services import Services, TwilioTerms
    from copilot.wiring.deleting import deletion_of
    from copilot.wiring.installation import installation_of
    from copilot.wiring.outward import open_webhooks, told_of
    from copilot.wiring.reports import report_writers

    _check_sound(settings)
    playbook = load_playbook(settings)
    await asyncio.to_thread(broken_off.sweep, settings.data / "analyses")  # no other analysis may follow
    limits = Limits(silence_s=settings.live.silence_s, most_live=settings.live.most_calls)
    async with (
        store_alone(settings, "stop it, or give this one its own database with COPILOT_STORE__URL") as check_alone,
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
        accounts = Accounts(store, playbook.value_demonstration, lambda: datetime.now(UTC))
        yield Services(
            calls=calls,
            store=store,
            playbook=playbook,
            access=access,
            demos=bundled_calls(),
            scorecards=scorecards,
            scorekeeper=scorekeeper,
            accounts=accounts,
            keeping=keeping,
            drafts=Drafts(store, lambda: datetime.now(UTC)),
            shares=Shares(store, lambda: datetime.now(UTC), days=settings.share_days),
            deletion=deletion_of(settings, store, AtWork(webhooks, keeping, accounts)),
            mailing=mailing_of(settings.mail, store),
            ears=ears,
            transcribing=_transcribing(settings, calls, ears),
            largest_recording=settings.sound.largest_upload_mib * 2**20,
            twilio=TwilioTerms(settings.twilio.auth_token, settings.twilio.url, settings.twilio.inbound),
            installation=installation_of(settings, store, playbook, _openers()),
            webhooks=webhooks,
            check_alone=check_alone,
            report_writers=report_writers(),
            public_url=settings.public_url.rstrip("/") if settings.public_url else None,
        )


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
