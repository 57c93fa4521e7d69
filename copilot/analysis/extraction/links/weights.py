"""How much each sign speaks for an item's serving an outcome. Written by `python -m scripts.weigh`.

A row names what a sign adds to the logarithm of the odds, and the sign. Small weights were preferred, and rounded.
"""

from __future__ import annotations

from copilot.analysis.weighing import weights_of

CAPABILITY_SERVES = weights_of(
    """
     1.25 its text in quotes
     0.97 named around
     0.79 often beside
     0.63 outcome ranked
     0.48 asked about
     0.46 text in its quotes
     0.44 most named around
     0.43 near, up to 0
     0.43 together
     0.37 outcome measurable
     0.33 together often
     0.30 figures
     0.29 back, up to 5
     0.28 asked about alone
     0.26 near, up to 4
     0.26 outcome told as one
     0.24 often said
     0.22 near, up to 2
     0.21 back, up to 2
     0.20 outcome said most
     0.17 nearest
     0.14 texts most alike
     0.13 asked what for
     0.13 outcome ever told as one
     0.12 outcome first
     0.10 effect told
     0.10 themes
    -0.08 words of its text
    -0.09 back, up to 12
    -0.13 near, up to 1
    -0.13 nearest alone
    -0.17 back, up to any
    -0.20 rivals
    -0.27 near, up to 16
    -0.37 outcome often said
    -0.39 back, up to never
    -0.39 opened later
    -0.39 texts alike
    -0.43 back, up to 30
    -0.58 back, up to 0
    -0.65 near, up to 32
    -0.73 told as a need
    -1.01 near, up to any
    -1.17 any
    """
)

METRIC_SERVES = weights_of(
    """
     1.28 texts most alike
     0.79 outcome ranked
     0.78 often beside
     0.73 outcome measurable
     0.71 its text in quotes
     0.70 asked about alone
     0.70 texts alike
     0.69 outcome told as one
     0.51 asked about
     0.50 most named around
     0.47 nearest
     0.40 near, up to 0
     0.40 together
     0.38 text in its quotes
     0.32 near, up to 4
     0.32 themes
     0.26 back, up to 5
     0.21 oftenest beside
     0.20 outcome first
     0.16 outcome often said
     0.11 back, up to 30
     0.09 spoken of last
     0.07 near, up to 8
     0.06 near, up to 2
    -0.09 asked what for
    -0.11 back, up to 12
    -0.14 outcome ever told as one
    -0.15 told as a need
    -0.21 effect told
    -0.23 back, up to never
    -0.23 opened later
    -0.26 words of its text
    -0.27 opened last
    -0.32 back, up to 2
    -0.35 near, up to any
    -0.39 named around
    -0.42 near, up to 16
    -0.48 near, up to 1
    -0.71 rivals
    -0.77 near, up to 32
    -0.82 often said
    -0.90 back, up to 0
    -1.18 any
    """
)
