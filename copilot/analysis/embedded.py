"""The first tier: everything that is understood of a call by rules and a small model, on every utterance, at once."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.analysis.coverage import coverage_pass
from copilot.analysis.extraction.agreement import agreement_pass
from copilot.analysis.extraction.believing import believed
from copilot.analysis.extraction.capabilities.noting import capability_pass
from copilot.analysis.extraction.links.noting import last_ties, tie_pass
from copilot.analysis.extraction.metrics.custody import custody_pass
from copilot.analysis.extraction.metrics.noting import measure_pass
from copilot.analysis.extraction.metrics.values import value_pass
from copilot.analysis.extraction.next_steps.details import step_pass
from copilot.analysis.extraction.next_steps.promises import next_step_pass
from copilot.analysis.extraction.outcomes import outcome_pass
from copilot.analysis.extraction.priorities import priority_pass
from copilot.analysis.extraction.read_back import read_back_pass
from copilot.analysis.extraction.reviews import result_pass, review_pass, tells_no_result
from copilot.analysis.extraction.spotting import CAPABILITIES, NEXT_STEPS, OUTCOMES, spotting_pass
from copilot.analysis.hearing import Pass, WrapUpPass
from copilot.analysis.language.dialogue import may_be_customer
from copilot.analysis.language.word_lists import lexicon_of
from copilot.analysis.pitfalls import pitfall_passes, wrap_up_pitfalls
from copilot.analysis.questions import question_pass
from copilot.analysis.questions.closing import answered_questions
from copilot.analysis.reader import Impressions, Reader
from copilot.analysis.stages import stage_pass
from copilot.analysis.talk_stats import talk_pass
from copilot.domain.impressions import Tag
from copilot.domain.ops import AnyOp
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

_MOST_CHARACTERS = 4000  # five minutes of unbroken speech; what is longer was no utterance


class Embedded:
    """The embedded analyst. Its findings depend on the state alone: the same call always comes out the same."""

    def __init__(self, playbook: Playbook, reader: Reader) -> None:
        lexicon = lexicon_of(playbook)
        impressions = Impressions(reader)
        coverage = coverage_pass(playbook)
        understanding: Sequence[Pass] = (
            believed(outcome_pass(lexicon), Tag.OUTCOME, impressions),
            spotting_pass(OUTCOMES, impressions),
            capability_pass(lexicon),
            spotting_pass(CAPABILITIES, impressions),
            review_pass(lexicon),
            measure_pass(impressions, unless=lambda u: not may_be_customer(u) and tells_no_result(u.text, lexicon)),
            value_pass(lexicon, impressions),
            custody_pass(lexicon),
            read_back_pass(lexicon),
            believed(result_pass(), Tag.OUTCOME, impressions),
            priority_pass(),
            tie_pass(),
            agreement_pass(lexicon),
            believed(next_step_pass(), Tag.NEXT_STEP, impressions),
            spotting_pass(NEXT_STEPS, impressions),
            step_pass(impressions),
        )
        self.passes: Sequence[Pass] = (
            stage_pass(playbook, lexicon, impressions),
            *(_of_utterances(p) for p in understanding),
            coverage,
            talk_pass(),
            *pitfall_passes(playbook, impressions),
            question_pass(playbook),
        )
        self.following_passes: Sequence[WrapUpPass] = (
            lambda state: coverage(state, len(state.utterances) - 1),
            answered_questions,
        )
        self.wrap_up_passes: Sequence[WrapUpPass] = (
            *wrap_up_pitfalls(playbook, impressions),
            last_ties,
            answered_questions,
        )


def _of_utterances(understand: Pass) -> Pass:
    """The pass, kept from texts in which nothing is said, and from those so long that nobody said them in one go."""

    def run(state: CallState, i: int) -> Sequence[AnyOp]:
        text = state.utterances[i].text
        return understand(state, i) if text.strip() and len(text) <= _MOST_CHARACTERS else ()

    return run
