"""How much each sign speaks for a pitfall that is weighed. Written by `python -m scripts.weigh`.

A row names what a sign adds to the logarithm of the odds, and the sign. Small weights were preferred, and rounded.
"""

from __future__ import annotations

from copilot.analysis.weighing import weights_of

PASSED_OVER = weights_of(
    """
     1.10 courtesy and a turn
     0.99 moves on
     0.93 courtesy
     0.90 protest
     0.80 asks many things
     0.80 pain told
     0.64 words of loss
     0.57 what is offered
     0.36 of theirs
     0.33 outcome told
     0.30 put off
     0.15 reply about before_scenario
     0.11 figures
     0.09 reply about other
     0.09 words of pain
    -0.11 reply about after_scenario
    -0.25 says it again
    -0.31 short cue
    -0.34 in common after the courtesy
    -0.37 length
    -0.39 figure of late
    -0.45 reply about proof_points
    -0.46 figure in common
    -0.46 reply about negative_consequences
    -0.48 asks
    -0.49 nothing in common
    -0.50 reply about metrics
    -0.53 reply about positive_business_outcomes
    -0.55 reply about required_capabilities
    -0.57 work told
    -0.60 asks about it
    -0.75 answer to a question
    -0.81 same stage
    -0.86 points back
    -0.89 nothing told
    -1.01 words in common
    -1.37 short reply
    -2.40 any
    """
)

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
