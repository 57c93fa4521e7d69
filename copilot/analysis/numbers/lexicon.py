"""The words around a number that say what it counts, how exactly, and for whom."""

from __future__ import annotations

from typing import Literal

from copilot.analysis.numbers.tokens import vocabulary

Approx = Literal["about", "at_least", "at_most"]
Kind = Literal["money", "percent", "duration", "count", "multiple", "ratio", "date"]


def _each(kind: Kind, **spellings: str) -> dict[str, tuple[str, Kind]]:
    return {word: (unit.replace("_", " "), kind) for unit, words in spellings.items() for word in words.split()}


DURATIONS = _each(
    "duration",
    milliseconds="ms millisecond milliseconds",
    seconds="second seconds sec secs",
    minutes="minute minutes min mins",
    hours="hour hours hr hrs",
    days="day days",
    weeks="week weeks wk wks",
    months="month months mo mos",
    quarters="quarter quarters",
    years="year years yr yrs",
)
UNITS = (
    DURATIONS
    | _each("money", USD="$ usd dollar dollars buck bucks", EUR="€ eur euro euros", GBP="£ gbp pound pounds quid")
    | _each("percent", percent="% percent pct percentage", percentage_points="pp pps ppt", basis_points="bp bps bips")
    | _each("count", people="people person persons folks guys", points="points pts")
)
GLUED_UNITS = UNITS | _each("duration", hours="h", days="d", seconds="s")
UNIT_PAIRS: dict[tuple[str, str], tuple[str, Kind]] = {
    ("per", "cent"): ("percent", "percent"),
    ("percentage", "point"): ("percentage points", "percent"),
    ("percentage", "points"): ("percentage points", "percent"),
    ("percent", "points"): ("percentage points", "percent"),
    ("basis", "point"): ("basis points", "percent"),
    ("basis", "points"): ("basis points", "percent"),
    ("u", "s"): ("USD", "money"),
}
CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "usd": "USD", "eur": "EUR", "gbp": "GBP", "us": "USD"}
SECONDS = {
    "milliseconds": 0.001,
    "seconds": 1.0,
    "minutes": 60.0,
    "hours": 3_600.0,
    "days": 86_400.0,
    "weeks": 604_800.0,
    "months": 2_629_800.0,
    "quarters": 7_889_400.0,
    "years": 31_557_600.0,
}
PARTS = {
    "days": ("hours", 24),
    "hours": ("minutes", 60),
    "minutes": ("seconds", 60),
    "years": ("months", 12),
    "weeks": ("days", 7),
}

MULTIPLES = {
    "double": 2.0,
    "doubled": 2.0,
    "doubling": 2.0,
    "doubles": 2.0,
    "triple": 3.0,
    "tripled": 3.0,
    "tripling": 3.0,
    "triples": 3.0,
    "quadruple": 4.0,
    "quadrupled": 4.0,
    "halve": 0.5,
    "halved": 0.5,
    "halving": 0.5,
    "halves": 0.5,
    "twofold": 2.0,
    "threefold": 3.0,
    "fourfold": 4.0,
    "fivefold": 5.0,
    "tenfold": 10.0,
    "hundredfold": 100.0,
}
NOT_MULTIPLE_BEFORE = vocabulary("check checks checked checking click clicks clicking book booked down digit digits")
COMPARED = vocabulary(
    """
    as the faster quicker slower more less fewer higher lower better worse bigger cheaper longer that
    """
)
FRACTIONS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
FRACTIONS_PLURAL = {"halves": 1 / 2, "thirds": 1 / 3, "quarters": 1 / 4, "fifths": 1 / 5, "tenths": 1 / 10}
FRACTION_OF = vocabulary("of less more fewer faster lower higher cheaper shorter longer the our their your")
FRACTION_AFTER = vocabulary("by about around roughly nearly almost only over under than")

_HEDGES: dict[Approx, str] = {
    "about": """about|around|roughly|approximately|approx|circa|~|≈|like|maybe|probably|nearly|almost|close to
        |something like|in the region of|on the order of|ballpark|some|an estimated""",
    "at_least": """at least|at a minimum|more than|over|above|north of|upwards of|a minimum of|minimum of|minimum
        |no less than|not less than|greater than|better than|exceeding|exceed|exceeds|exceeded|>|≥""",
    "at_most": """at most|up to|less than|under|below|beneath|no more than|not more than|fewer than|within
        |a maximum of|max|maximum of|maximum|south of|sub|shy of|<|≤""",
}
APPROX: dict[tuple[str, ...], Approx] = {
    tuple(phrase.split()): approx for approx, phrases in _HEDGES.items() for phrase in phrases.split("|")
}
APPROX_AFTER: dict[tuple[str, ...], Approx] = {
    ("or", "so"): "about",
    ("ish",): "about",
    ("give", "or", "take"): "about",
    ("or", "more"): "at_least",
    ("or", "better"): "at_least",
    ("at", "least"): "at_least",
    ("minimum",): "at_least",
    ("or", "less"): "at_most",
    ("or", "fewer"): "at_most",
    ("or", "under"): "at_most",
    ("at", "most"): "at_most",
    ("max",): "at_most",
    ("tops",): "at_most",
}

# "phase 2" names and does not count; neither does "ticket 4711", while "we release 3 features" does.
LABELS = vocabulary(
    """
    version ver v phase level option tier priority slide page section part chapter number room extension ext
    line sprint generation gen type series windows article exhibit
    """
)
LABELS_OR_VERBS = vocabulary("step question ticket release round stage item order case")
LABEL_PERIODS = vocabulary("day week month year")
# A year is meant where one of these stands before four digits, unless a unit follows them.
YEAR_AFTER = vocabulary(
    """
    in by of for since until till during your our their the this fy early mid late before after through from end
    year january february march april may june july august september october november december
    """
)
MONTHS = vocabulary(
    """
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec
    """
)
PERIODS = vocabulary("second minute hour day week month quarter year night morning sprint")
PER_EACH = PERIODS | vocabulary(
    """
    person head user seat rep team ticket deal release customer client call shift site store project agent
    engineer employee license licence order case incident report piece pop
    """
)
PER_ADVERBS = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
    "apiece": "piece",
}
SAME_PER = {"annum": "year", "head": "person", "capita": "person", "pop": "piece"}

# "it takes a day", "within an hour": here the article counts.
A_COUNTS_AFTER = vocabulary(
    """
    takes take took taking about around roughly nearly almost within under over than least most from like spend
    spends spent lose loses lost to was is be sometimes another
    """
)
IRREGULAR_PLURALS = vocabulary("men women staff children data media")
# A word that ends the search for the noun a number counts.
NO_NOUN = vocabulary(
    """
    a about above across actually after again against ago all also always am among an and anyway are as at away
    back be because been before being below between both but by can cause costs could currently did do does down
    during each every everybody everyone everything for from further gets gives go goes going good got had
    happens has have he her here hers him his how i if in into is isn it its it's just keeps later left less
    let's like looks lots makes many may maybe means might more most much my need needs never no nobody nor not
    now of off okay on once only or our ours out over per perhaps please plus really right runs said comes saves says
    see she should since so some something sometimes soon sorry sounds still such sure takes than thanks that
    that's the their theirs them then there there's these they they're things think this those through times to
    today together tomorrow too toward towards under until up us use used uses very vs versus wait wants was we
    we're well were what what's when where whereas which while who whose why will with within without works
    would yeah yes yesterday yet you your yours i'm i'd i'll i've we'd we'll we've monday tuesday wednesday
    thursday friday saturday sunday last next previous
    """
) - {"times"}
CORRECTIONS = vocabulary("sorry wait actually rather correction mean scratch pardon apologies no")
CORRECTION_FILLERS = vocabulary(
    """
    i make that it excuse me or my bad well um uh er it's its is was , . - … like more oh the
    """
)
