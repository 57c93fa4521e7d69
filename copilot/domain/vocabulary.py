"""Word lists by which speech is recognised. They are general English; a company adds its own words in files."""

from __future__ import annotations

from pydantic import Field

from copilot.domain.conversation import Text
from copilot.domain.phrases import Phrase
from copilot.domain.value import Value

Phrases = tuple[Phrase, ...]


class Units(Value):
    """What numbers count in, by family."""

    duration: Phrases = ()
    money: Phrases = ()
    share: Phrases = Field(default=(), description="Per cent and its relatives.")
    data: Phrases = ()
    physical: Phrases = ()
    score: Phrases = ()
    things: Phrases = Field(default=(), description="What businesses count: tickets, orders, patients.")


class Directions(Value):
    """Which way a result is meant to move."""

    increase: Phrases = ()
    reduce: Phrases = ()
    improve: Phrases = Field(default=(), description="Verbs whose direction the noun decides.")
    worsen: Phrases = ()
    faster_higher: Phrases = Field(default=(), description="Comparatives that name an improvement upwards.")
    slower_lower: Phrases = Field(default=(), description="Comparatives that name a reduction.")


class Results(Value):
    """Nouns for business results, by the way a business wants them to go."""

    wanted_higher: Phrases = ()
    wanted_lower: Phrases = ()
    either_way: Phrases = Field(default=(), description="Matter much; which way is said by the verb.")


class Speech(Value):
    """Words about the talk itself, whatever its subject."""

    backchannels: Phrases = ()
    fillers: Phrases = ()
    agreement: Phrases = ()
    confirmation: Phrases = Field(default=(), description="An explicit yes to what was just put in words.")
    disagreement: Phrases = ()
    negation: Phrases = Field(default=(), description="Kept for files that have it; nothing listens for it.")
    hedges: Phrases = ()
    correction: Phrases = ()
    question_openers: Phrases = ()
    restatement: Phrases = Field(default=(), description="The rep says back what was heard.")
    acknowledgement: Phrases = Field(default=(), description="Taking up what the other side just said.")
    topic_change: Phrases = Field(default=(), description="Kept for files that have it; nothing listens for it.")
    small_talk: Phrases = ()
    logistics: Phrases = ()
    commercial_terms: Phrases = ()


class Signals(Value):
    """Words by which needs, wishes, pains and the fields of a metric are told."""

    wish: Phrases = ()
    need: Phrases = ()
    pain: Phrases = ()
    feelings: Phrases = ()
    vague: Phrases = Field(default=(), description="Improvement without a measure.")
    priority_first: Phrases = ()
    priority_later: Phrases = ()
    phase_one: Phrases = ()
    phase_later: Phrases = ()
    baseline: Phrases = ()
    target: Phrases = ()
    measuring: Phrases = ()
    early_signal: Phrases = ()
    owner: Phrases = Field(default=(), description="Phrases that say whose it is.")
    cadence: Phrases = ()
    due: Phrases = ()
    next_step: Phrases = ()
    decision: Phrases = ()


class Claims(Value):
    """Words of reps who show value, and of those who miss it."""

    roi_modelling: Phrases = ()
    usage: Phrases = ()
    vendor_figures: Phrases = ()
    benchmark: Phrases = ()
    unmeasured_gain: Phrases = ()
    inflation: Phrases = ()
    attribution: Phrases = ()
    validation: Phrases = Field(default=(), description="Asking the customer whether a figure holds.")
    looking_ahead: Phrases = ()
    strategic: Phrases = Field(default=(), description="The pyramid's four kinds of value, top first.")
    business: Phrases = ()
    operational: Phrases = ()
    technical: Phrases = ()
    product_talk: Phrases = ()
    proof: Phrases = ()


class Capabilities(Value):
    """Nouns for things that have to be in place, and for parts of products."""

    products: Phrases = ()
    features: Phrases = ()
    integrations: Phrases = ()
    security: Phrases = ()
    service: Phrases = ()


class People(Value):
    roles: Phrases = ()
    departments: Phrases = ()
    industries: Phrases = ()


class Vocabulary(Value):
    version: int = Field(ge=1)
    changed: Text
    units: Units
    directions: Directions
    results: Results
    speech: Speech
    signals: Signals
    claims: Claims
    capabilities: Capabilities
    people: People
