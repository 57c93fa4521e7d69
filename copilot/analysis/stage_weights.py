"""How much each feature speaks for each stage.

A row names a feature and, per stage, what one of it adds to the stage's score. Stages are the playbook's own names.
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

_TABLE = """
cue:before_scenario.strong            B.9
cue:before_scenario.weak              B.25
cue:negative_consequences.strong      N1.0
cue:negative_consequences.weak        N.3
cue:after_scenario.strong             A.8
cue:after_scenario.weak               A.2
cue:positive_business_outcomes.strong P1.0
cue:positive_business_outcomes.weak   P.2
cue:required_capabilities.strong      R1.0
cue:required_capabilities.weak        R.25
cue:metrics.strong                    M.9
cue:metrics.weak                      M.1
cue:how_we_do_it.strong               H1.0
cue:how_we_do_it.weak                 H.25
cue:proof_points.strong               E1.1
cue:proof_points.weak                 E.25
cue:other.strong                      O1.1
cue:other.weak                        O.15

kind:result      P.35 M.1
kind:pain        N.4
kind:system      R.3 B.1
kind:feature     H.25 R.2
kind:measuring   M.35
kind:talk        O.6
kind:proof       E.5
kind:people      B.15

rep:side                  B-.3 N-.3
customer:side             H-.8 E-.8

rep:asks                  H-1.2 E-.8 B.5
rep?today                 B1.2
rep?impact                N2
rep?future                A1.6
rep?result                P1.8
rep?need                  R1.5
rep?measure               M1.5
customer:asks             O.3 B-.6 N-.6 P-.5 A-.4
customer?product          H1.0
customer?proof            E1.6
customer?asks_support     R.9 H.6
customer?need             R.7
customer?measure          M.4

customer:greeting         O1.2
rep:greeting              O1.2
customer:meeting          O.8
rep:meeting               O.9
customer:promise          O1.5
rep:promise               O1.5
customer:commercial       O.8
rep:commercial            O.7
customer:small            O.3
rep:small                 O.4

customer:habit            B.6
customer:we_do            B.5
customer:habitual         B.4
rep:habit                 B.1
customer:cost             N.6
rep:cost                  N.3
customer:past             N.35 B.1
customer:negative         N.15
customer:conditional      A.6
customer:if               A.4 R.2
rep:if                    A.3
customer:no_longer        A.9
customer:must             R.7
rep:must                  R.3
customer:phase            R.6
rep:phase                 R.5
customer:wish             P.7
rep:wish                  P.4
customer:ranking          P.7
rep:ranking               P.4
customer:direction        P.5
rep:direction             P.2 E.1
customer:measure          M.4
rep:measure               M.3
rep:restating             P.6
rep:we_product            H.7
rep:you_get               H.6
rep:past                  N.15
rep:long                  H.8
rep:elsewhere             E1.0
customer:elsewhere        E.3
customer:figures          M.2 N.1
rep:figures               M.1 E.05
customer:money            N.4
customer:share            M.4

short                     O.4
opening                   O0.6
rep@qbr                   M.4 P.3 B-.5 N-.4
customer@qbr              M.4 P.3 B-.5 N-.4
rep@demo                  H.5
customer@demo             H.4
"""


def _row(line: str) -> tuple[str, dict[str, float]]:
    feature, *cells = line.split()
    return feature, {_STAGES[cell[0]]: float(cell[1:]) for cell in cells}


STAGE_WEIGHTS: Mapping[str, Mapping[str, float]] = dict(_row(line) for line in _TABLE.splitlines() if line.strip())
