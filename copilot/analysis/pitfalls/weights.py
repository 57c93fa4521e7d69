"""How much each sign speaks for a pitfall that is weighed. Written by `python -m scripts.weigh`.

A row names what a sign adds to the logarithm of the odds, and the sign. Small weights were preferred, and rounded.
"""

from __future__ import annotations

from copilot.analysis.weighing import weights_of

PASSED_OVER = weights_of(
    """
     1.08 courtesy and a turn
     1.05 courtesy
     0.99 moves on
     0.93 protest
     0.74 asks many things
     0.62 pain told
     0.62 words of loss
     0.61 what is offered
     0.37 of theirs
     0.36 outcome told
     0.35 put off
     0.18 reply about before_scenario
     0.11 words of pain
     0.10 figures
    -0.09 reply about after_scenario
    -0.15 reply about how_we_do_it
    -0.17 reply about negative_consequences
    -0.24 says it again
    -0.28 in common after the courtesy
    -0.31 figure of late
    -0.33 short cue
    -0.42 work told
    -0.45 length
    -0.45 reply about metrics
    -0.46 asks
    -0.49 figure in common
    -0.49 reply about required_capabilities
    -0.50 nothing in common
    -0.54 reply about proof_points
    -0.61 asks about it
    -0.62 reply about positive_business_outcomes
    -0.82 same stage
    -0.85 answer to a question
    -0.86 points back
    -0.89 nothing told
    -1.04 words in common
    -1.38 short reply
    -2.35 any
    """
)

SERVES_NOTHING = weights_of(
    """
     1.01 place itself
     0.59 language itself
     0.53 law
     0.50 place
     0.49 about how_we_do_it
     0.49 later itself
     0.49 other systems
     0.46 access
     0.43 later
     0.38 device itself
     0.37 law itself
     0.30 required
     0.28 access itself
     0.25 others want it
     0.21 postponed
     0.21 required in the sentence
     0.20 features
     0.20 language
     0.19 others want it itself
     0.11 about required_capabilities
     0.10 several at once
     0.07 other systems itself
    -0.05 about after_scenario
    -0.13 about before_scenario
    -0.14 often
    -0.18 figures
    -0.19 said once
    -0.20 pains
    -0.26 asked
    -0.29 about negative_consequences
    -0.29 device
    -0.31 about other
    -0.36 about metrics
    -0.37 likely tied
    -0.51 said by the rep
    -0.53 any
    -0.72 reason given
    """
)
