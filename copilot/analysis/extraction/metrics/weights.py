"""How much each sign speaks for a measure's name, and for going on about it. Written by `python -m scripts.weigh`.

A row names what a sign adds to the logarithm of the odds, and the sign. Small weights were preferred, and rounded.
"""

from __future__ import annotations

from copilot.analysis.weighing import weights_of

IS_MEASURED = weights_of(
    """
     2.88 likely words
     1.46 by how
     1.21 by count
     0.80 an outcome
     0.66 by topic
     0.64 measure word
     0.55 by report
     0.53 by noun
     0.43 likely clause
     0.42 asked
     0.42 by phrase
     0.40 by question
     0.39 rhythm
     0.22 by the rep
     0.20 by figure
     0.14 before
     0.10 by deed
     0.08 3 words
    -0.07 inside
    -0.22 2 words
    -0.22 reads open
    -0.23 reads piece
    -0.42 reads none
    -0.43 4 words
    -0.48 reads talk
    -0.59 of an outcome
    -0.68 a piece
    -0.73 proper
    -0.78 1 words
    -0.86 people
    -1.35 bias
    """
)

GOES_ON = weights_of(
    """
     1.54 likely
     1.41 like it
     1.05 open
     0.66 named like it
     0.49 bias
     0.48 asked of it
     0.42 fits
    -0.09 asked anew
    -0.34 no figure
    -0.67 a name here
    -0.72 apart
    -1.00 a name
    -1.39 does not fit
    -1.42 opening
    """
)
