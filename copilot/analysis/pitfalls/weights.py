"""How much each sign speaks for a need that serves no outcome. Written by `python -m scripts.weigh`.

A row names what a sign adds to the logarithm of the odds, and the sign. Small weights were preferred, and rounded.
"""

from __future__ import annotations

from copilot.analysis.weighing import weights_of

SERVES_NOTHING = weights_of(
    """
     1.03 place itself
     0.62 required in the sentence
     0.60 access itself
     0.59 later
     0.55 about required_capabilities
     0.52 law
     0.45 place
     0.42 access
     0.39 others want it itself
     0.36 other systems
     0.26 device itself
     0.26 language itself
     0.26 said once
     0.24 asked
     0.21 law itself
     0.19 postponed
     0.14 later itself
     0.08 about how_we_do_it
     0.06 about before_scenario
    -0.05 pains
    -0.09 features
    -0.12 about proof_points
    -0.18 figures
    -0.19 device
    -0.24 about negative_consequences
    -0.26 several at once
    -0.33 about after_scenario
    -0.38 about other
    -0.41 about positive_business_outcomes
    -0.52 often
    -0.57 said by the rep
    -0.65 reason given
    -0.83 any
    -1.29 likely tied
    """
)
