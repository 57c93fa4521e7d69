"""How much each sign speaks for a pitfall that is weighed. Written by `python -m scripts.weigh`.

A row names what a sign adds to the logarithm of the odds, and the sign. Small weights were preferred, and rounded.
"""

from __future__ import annotations

from copilot.analysis.weighing import weights_of

PASSED_OVER = weights_of(
    """
     1.05 courtesy and a turn
     1.04 courtesy
     1.02 moves on
     0.87 protest
     0.75 asks many things
     0.64 pain told
     0.63 words of loss
     0.57 what is offered
     0.38 of theirs
     0.37 outcome told
     0.35 put off
     0.18 reply about before_scenario
     0.13 figures
     0.12 words of pain
    -0.09 reply about after_scenario
    -0.17 reply about how_we_do_it
    -0.19 reply about negative_consequences
    -0.23 says it again
    -0.30 figure of late
    -0.32 short cue
    -0.33 in common after the courtesy
    -0.42 work told
    -0.44 length
    -0.45 reply about metrics
    -0.47 asks
    -0.49 nothing in common
    -0.49 reply about required_capabilities
    -0.50 figure in common
    -0.54 reply about proof_points
    -0.60 asks about it
    -0.63 reply about positive_business_outcomes
    -0.81 same stage
    -0.85 answer to a question
    -0.85 points back
    -0.88 nothing told
    -1.04 words in common
    -1.39 short reply
    -2.38 any
    """
)

SERVES_NOTHING = weights_of(
    """
     1.04 place itself
     0.67 later
     0.60 access
     0.60 other systems
     0.54 device itself
     0.46 postponed
     0.45 language itself
     0.44 others want it itself
     0.39 place
     0.36 law
     0.33 law itself
     0.29 later itself
     0.27 language
     0.24 required in the sentence
     0.23 access itself
     0.22 about how_we_do_it
     0.22 about required_capabilities
     0.22 several at once
     0.21 required
     0.17 other systems itself
    -0.07 about after_scenario
    -0.07 features
    -0.10 pains
    -0.12 asked
    -0.13 about before_scenario
    -0.16 about other
    -0.16 likely tied
    -0.24 said once
    -0.27 figures
    -0.32 about metrics
    -0.33 often
    -0.34 about negative_consequences
    -0.47 device
    -0.54 reason given
    -0.62 any
    -0.85 said by the rep
    """
)
