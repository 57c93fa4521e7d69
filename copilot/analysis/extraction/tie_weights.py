"""How much each sign speaks for an item's serving an outcome. Written by `python -m scripts.weigh`.

A row names what a sign adds to the logarithm of the odds, and the sign. Small weights were preferred, and rounded.
"""

from __future__ import annotations

from copilot.analysis.weighing import weights_of

CAPABILITY_SERVES = weights_of(
    """
     1.10 its text in quotes
     0.74 most named around
     0.64 named around
     0.57 often beside
     0.53 asked about
     0.39 oftenest beside
     0.34 nearest alone
     0.33 outcome measurable
     0.30 outcome ranked
     0.30 text in its quotes
     0.29 outcome ever told as one
     0.23 together often
     0.20 back, up to 5
     0.20 near, up to 4
     0.19 asked what for
     0.19 outcome first
     0.18 asked about alone
     0.17 outcome said most
     0.11 figures
     0.09 themes
     0.08 back, up to 2
     0.07 effect told
     0.06 outcome told as one
    -0.06 near, up to 8
    -0.09 texts most alike
    -0.10 opened last
    -0.13 back, up to 12
    -0.20 often said
    -0.26 words of its text
    -0.33 outcome often said
    -0.35 back, up to any
    -0.37 near, up to 1
    -0.38 back, up to 0
    -0.39 near, up to 32
    -0.42 back, up to 30
    -0.44 told as a need
    -0.45 back, up to never
    -0.45 opened later
    -0.58 rivals
    -0.59 texts alike
    -0.76 near, up to any
    -1.45 any
    """
)

METRIC_SERVES = weights_of(
    """
     1.23 texts most alike
     1.06 texts alike
     0.87 asked about alone
     0.82 its text in quotes
     0.77 most named around
     0.73 nearest
     0.63 nearest alone
     0.51 together often
     0.35 outcome told as one
     0.23 outcome first
     0.23 outcome ranked
     0.19 outcome measurable
     0.19 outcome said most
     0.18 themes
     0.17 outcome often said
     0.16 spoken of last
     0.12 back, up to 30
     0.10 asked about
     0.09 near, up to 4
     0.09 outcome ever told as one
     0.07 named around
    -0.07 near, up to any
    -0.12 asked what for
    -0.12 back, up to 5
    -0.18 oftenest beside
    -0.19 text in its quotes
    -0.24 back, up to never
    -0.24 opened later
    -0.31 back, up to 2
    -0.45 near, up to 16
    -0.47 opened last
    -0.48 back, up to 0
    -0.52 back, up to 12
    -0.58 near, up to 1
    -0.61 near, up to 32
    -0.72 often said
    -0.85 words of its text
    -0.89 rivals
    -1.59 any
    """
)
