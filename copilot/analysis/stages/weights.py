"""How much each feature speaks for each stage, and how the talk goes from one stage to the next.

A row names a feature and, per stage, what one of it adds to the stage's score. Stages are the playbook's own names, one
letter each. The figures were fitted to labelled calls, as a chain of stages in which small and usual weights are
preferred, and rounded; what a feature hardly tells was left out.
"""

from __future__ import annotations

from collections.abc import Mapping

_STAGES = {
    "B": "before_scenario",
    "N": "negative_consequences",
    "A": "after_scenario",
    "P": "positive_business_outcomes",
    "R": "required_capabilities",
    "M": "metrics",
    "H": "how_we_do_it",
    "E": "proof_points",
    "O": "other",
}

ANSWER, SAME_SIDE, ASKED_ANEW, REPLY = 3.4, 2.3, 1.7, 2.4
"""How firmly the talk stays on its subject: in an answer, while one side goes on, at a new question, in a reply."""

_FLOW = """
B  B.7 N.6 A-.2 P-.4 R-.4 M-.4 E-.2 O.4
N  N.4 A-.1 R-.4 E-.4 O.4
A  N-.2 A.5 R-.2 M-.3 H-.2 E-.1 O-.4
P  B-.3 N-.3 A-.2 P.4 R-.1 M.3 E-.3 O.3
R  B-.3 N-.4 A-.3 P-.4 R.5 H.7
M  B-.3 N-.3 A-.3 P.2 R-.4 M.4 H-.2 E-.1 O.6
H  A-.2 P-.3 R.8 M-.4 H.1 E-.2 O.6
E  B-.3 N-.3 A-.1 P-.2 R-.2 M-.2 H-.1 E1 O.3
O  B.5 N.5 M.4 H.2 O-.2
"""

_FEATURES = """
cue:after_scenario.strong             B-.2 N-.3 A.9 P.2 R.1 M.1 H-.1 O.2
cue:after_scenario.weak               B-.2 N-.2 A.2 P.3 R-.2 M.1
cue:before_scenario.strong            B.9 N.2 P-.1 M-.2 H.1
cue:before_scenario.weak              B.1 N-.1 A.1 P-.4 M.2 H.3 E-.1
cue:how_we_do_it.strong               P-.1 R.2 H1.1
cue:how_we_do_it.weak                 B-.2 N-.3 R.3 H.4 O.2
cue:metrics.strong                    M.9
cue:metrics.weak                      A-.1 P.2 M.3 H-.2 E.2 O-.2
cue:negative_consequences.strong      B.2 N.7 P.4 R-.2 H-.3
cue:negative_consequences.weak        B.1 N.1 A.2 M-.1 O-.2
cue:other.strong                      B.1 N.2 R.1 O.8
cue:other.weak                        N-.2 A.1 O.3
cue:positive_business_outcomes.strong P1 M-.1
cue:positive_business_outcomes.weak   N.2 A-.1 P.6 R-.3 H-.3 E.2 O-.1
cue:proof_points.strong               P.2 R.1 E1.1 O-.2
cue:proof_points.weak                 N.3 M-.2 H.2 E.5 O-.6
cue:required_capabilities.strong      R1 H-.1 E.1
cue:required_capabilities.weak        N-.2 R.6 O.2
customer:asks                         B-.9 N-.6 A-.4 P-.7 M-.2 H.5 E.5
customer:commercial                   N.1 R.1 E.1 O.5
customer:conditional                  N.1 A.4 P.1 M.2 H-.1 E.2 O-.1
customer:cost                         B-.3 N.5 E-.1 O.3
customer:direction                    A-.2 P.7 M.1 H-.1
customer:elsewhere                    N-.1 H-.1 E.5
customer:figures                      B.2 N.4 P.3 R-.1 M.5 H-.3 O-.7
customer:greeting                     B.2 N.1 A.2 P.2 O.6
customer:habit                        B.4 N.2 A-.1 P.3 E-.2 O-.2
customer:habitual                     B.4 A.3 P-.1 H.4 E-.2 O-.4
customer:if                           N-.2 A.3 P.2 R.2 M.2 E.1 O-.3
customer:long                         B.4 N.1 A.3 P.2 M-.5 E.1 O-.7
customer:measure                      B-.2 N.3 M.4 E.2 O-.1
customer:meeting                      N-.1 E.1 O.5
customer:money                        B-.2 N.7 R.1 O-.1
customer:must                         B-.4 N.2 R1 H-.2 E.1
customer:negative                     A.1 P.1 R.3 M-.1 H-.3
customer:no_longer                    N-.3 A.9 P.1 R.2
customer:past                         B.1 N.5 R-.1 H-.2 E.2
customer:phase                        B-.1 R.9 O-.3
customer:promise                      M.4 O1.2
customer:ranking                      B-.2 N.2 A-.1 P.8 R.3 M-.2 O-.1
customer:restating                    B-.1 N-.1 H.3 O.1
customer:share                        B.1 N.3 A-.1 R.3 M.2 H-.2 O-.1
customer:side                         A-.6 P-.2 M-.2 H-.9 E-.8 O1.2
customer:small                        P-.2 R-.1 M-.1 H.3 O.5
customer:we_do                        B.3 R-.3 H-.2 E.3 O.2
customer:we_product                   N-.1 M-.5 E.4 O.2
customer:wish                         B-.3 N-.4 A.5 P1.1 H-.2
customer:you_get                      B.2 N-.4 A-.1 E.1 O.1
customer?asks_support                 R.8 H.6 O.1
customer?measure                      M.4 H.1
customer?product                      R.2 H.8
customer@demo                         B-.1 N.2 A-.3 R.2 H.3 E-.1 O.3
customer@discovery                    B-.2 N-.2
customer@other                        B-.2 P-.2 R-.2 E.4 O.3
customer@qbr                          N-.4 A-.3 P.2 M.3 H-.1 E-.3 O.5
kind:feature                          B.2 N-.4 P-.3 R.4 H.8 O-.2
kind:measuring                        B.1 N-.2 P-.1 R-.1 M.5 E.3
kind:pain                             B.2 N.2 A-.1 P.1 M.2 E.2 O-.3
kind:people                           A.2 P-.2 R.2 M.1 H.1 O-.2
kind:proof                            B-.1 E.6
kind:result                           N.2 A.2 P.3 R-.2 M.3 O-.4
kind:system                           B.3 N-.2 R.1 M.1 O-.1
kind:talk                             N.3 P.2 M-.2 H.3 O.1
opening                               N-.2 R-.1 M-.3 H-.2 O1.4
rep:asks                              B.5 N.4 P.2 R.1 M.2 H-1.4 E-1.1 O-.4
rep:commercial                        M-.2 H.4 O.7
rep:conditional                       B-.2 N-.3 R.2 M.2 E.1
rep:cost                              B-.1 N.4 A-.2 E.1 O.4
rep:direction                         B-.1 P.2 M.2
rep:elsewhere                         R-.1 E1.1
rep:figures                           B-.2 A-.2 P.4 R-.3 M.6 O-.2
rep:greeting                          M-.1 O1.1
rep:habit                             N-.3 P.1 M-.1 H.2
rep:habitual                          A.1 P-.1 R-.1 H.4 E.1 O-.4
rep:if                                A.5 P.2 H-.3 E-.2 O.1
rep:long                              B.2 P-.1 R.2 M-.1 H.4 E.3
rep:measure                           N-.2 M.5 E.3
rep:meeting                           M-.1 O1
rep:money                             H.1
rep:must                              B-.2 N-.2 R.7 H.2 O-.1
rep:negative                          P-.1 M-.2 H.2 E.2
rep:no_longer                         H.1 O.1
rep:past                              N.1 A-.1 H.1 E.2 O-.1
rep:phase                             R.6
rep:promise                           R.2 M.1 H-.1 O1.5
rep:ranking                           N-.2 P.6 E.1
rep:restating                         P.6 H.1
rep:share                             R-.1 M.4 E.2 O-.2
rep:side                              B-.4 N-.3 A-.3 P-.3 R-.1 M-.2 H.4 E-.3 O.9
rep:small                             N-.2 P.2 M-.2 H.1 O.5
rep:we_do                             B.2 A-.1 P.2 M-.1
rep:we_product                        B-.1 H.9 E.2 O-.3
rep:wish                              N-.1 P.4 M-.1 H-.1 E.2 O.1
rep:you_get                           B-.1 N-.2 P.3 R.2 M.2 H.7 E-.2 O-.2
rep?future                            A1.6
rep?impact                            N2
rep?measure                           B.1 M1.5
rep?need                              R1.4 O.1
rep?product                           B.3 P.1 H-.1
rep?result                            N-.1 P1.5 R.4
rep?today                             B1.3
rep@demo                              B-.2 N-.1 A-.1 R-.3 H1.1 E.1
rep@discovery                         B.3 N.1 A-.1 R-.1 M-.2 O.2
rep@other                             N.1 P-.1 M-.1 E-.2 O.5
rep@qbr                               B-.5 N-.5 P.2 R.2 M.6 E-.2 O.2
short                                 B-.2 A-.1 R-.3 E.3 O.8
"""


def _table(rows: str) -> dict[str, dict[str, float]]:
    table = {}
    for line in rows.strip().splitlines():
        name, *cells = line.split()
        table[name] = {_STAGES[cell[0]]: float(cell[1:]) for cell in cells}
    return table


STAGE_WEIGHTS: Mapping[str, Mapping[str, float]] = _table(_FEATURES)
STAGE_FLOW: Mapping[str, Mapping[str, float]] = {_STAGES[stage]: row for stage, row in _table(_FLOW).items()}
"""From each stage, what going to another one adds to its score."""
