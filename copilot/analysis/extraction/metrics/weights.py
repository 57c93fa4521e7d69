"""How much each sign speaks for a measure's name, and for going on about it. Written by `python -m scripts.weigh`.

A row names what a sign adds to the logarithm of the odds, and the sign. Small weights were preferred, and rounded.
"""

from __future__ import annotations

from copilot.analysis.weighing import weights_of

IS_MEASURED = weights_of(
    """
     2.97 naming words
     1.65 by count
     0.91 by how
     0.73 likely clause
     0.69 by question
     0.65 an outcome
     0.63 by noun
     0.49 by report
     0.41 measure word
     0.29 by figure
     0.28 by clause
     0.24 by the rep
     0.22 1 before
     0.22 reads talk
     0.20 2 before
     0.20 by phrase
     0.16 by underlining
     0.05 by thing
    -0.06 inside
    -0.22 likely words
    -0.22 reads piece
    -0.28 2 words
    -0.30 a piece
    -0.30 proper
    -0.32 4 words
    -0.33 reads none
    -0.36 by deed
    -0.59 people
    -0.71 of an outcome
    -0.78 1 words
    -1.04 reads open
    -1.38 bias
    """
)

GOES_ON = weights_of(
    """
     2.34 likely
     1.51 like it
     0.77 named like it
     0.45 asked of it
     0.45 open
     0.19 fits
     0.16 bias
    -0.13 asked anew
    -0.19 introduced
    -0.63 a name here
    -0.66 no figure
    -0.83 apart
    -0.93 a name
    -1.52 does not fit
    -2.06 opening
    """
)
