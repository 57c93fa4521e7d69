"""What the words in the tables mean, a line each, for whoever reads them without having written them."""

from __future__ import annotations

from collections.abc import Mapping

_STAGES = {
    "macro-F1": "mean of every stage's F1; a stage that the label calls defensible counts as the label, here and below",
    "exact": "share of utterances with the stage that was labelled",
}
_FINDINGS = {
    "F1": "2 × matched / (found + labelled); 1 is perfect",
    "matched": "found and labelled item paired one to one, at most one utterance apart and alike in their words",
    "links": "ties of matched capabilities and metrics to an outcome; wrong where that is not matched",
    "links between": "of these the ones whose outcome is matched, too",
    "fields right": "baseline, target, owner and cadence of matched metrics that are as labelled, however spelt",
    "pitfalls": "matched where of the same kind and at most two utterances apart; false where matched with none",
}
_UNDEFINED = {"–": "nothing to measure"}

OF_SCORES: Mapping[str, str] = {
    **_STAGES,
    "first or second": "share of utterances whose label is the stage named or the next likely one",
    "calibration error": "how far the confidence in a stage and the share that are right lie apart, on average",
    **_FINDINGS,
    "precision": "matched / found: how much of what is shown is right",
    "recall": "matched / labelled: how much of what was said is shown",
    "questions right": "share of labelled moments with a wanted stage among the first three suggestions",
    "later withdrawn": "share of items that were shown and taken back before the end",
    "grounded": "share of items and pitfalls with every quote word for word in the utterance it names",
    "95 % of resamples": "where the figure lies in 95 of 100 sets of calls drawn from these with replacement",
    **_UNDEFINED,
}
OF_AGREEMENT: Mapping[str, str] = {
    "Cohen's κ": "agreement beyond chance, by the first choice of both; 1 is perfect, 0 is chance",
    "exact": "share of utterances whose second label is the first, or a stage that the first calls defensible",
    "found": "what the second labels hold, measured against the first as if a program had found it",
    **_FINDINGS,
    **_UNDEFINED,
}
