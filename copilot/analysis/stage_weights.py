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
bias                        B.2 O.2
side=customer               H-1.2 E-1.0
side=rep                    B-.2 N-.2

cue:before_scenario.strong            B1.2
cue:before_scenario.weak              B.4
cue:negative_consequences.strong      N1.2
cue:negative_consequences.weak        N.45
cue:after_scenario.strong             A1.1
cue:after_scenario.weak               A.35
cue:positive_business_outcomes.strong P1.2
cue:positive_business_outcomes.weak   P.25
cue:required_capabilities.strong      R1.1
cue:required_capabilities.weak        R.35
cue:metrics.strong                    M1.1
cue:metrics.weak                      M.3
cue:how_we_do_it.strong               H1.2
cue:how_we_do_it.weak                 H.35
cue:proof_points.strong               E1.3
cue:proof_points.weak                 E.35
cue:other.strong                      O1.1
cue:other.weak                        O.3

kind:result      P.35 N.1 M.1
kind:pain        N.5
kind:system      R.4 B.1
kind:feature     H.3 R.2
kind:measuring   M.4
kind:talk        O.7
kind:proof       E.6
kind:people      B.2
kind:direction   P.4

customer:greeting     O1.8
rep:greeting          O1.8
customer:meeting      O.5
rep:meeting           O.7
customer:promise      O1.4
rep:promise           O1.2
customer:weekday      O.5
rep:weekday           O.4
customer:commercial   O.8
rep:commercial        O.6
customer:conditional  A.6 R.1
rep:conditional       A.1
customer:if           A.7
rep:if                A.5
customer:no_longer    A1.0
rep:no_longer         A.3 H.3
customer:habit        B.5
rep:habit             B.2
customer:we_do        B.5
rep:we_do             H.1
customer:past         N.25 B.1
rep:past              E.2
customer:cost         N.7
rep:cost              N.3
customer:negative     N.2
customer:must         R.7 P.2
rep:must              R.4
customer:wish         P.7 R.1
rep:wish              P.4
customer:direction    P.6
rep:direction         P.3 E.1 H.1
customer:measure      M.5
rep:measure           M.4
rep:we_product        H.7
customer:we_product   B.1
rep:you_get           H.7
rep:elsewhere         E.9
customer:elsewhere    E.3
rep:restating         P.3
customer:ok_first     O1.4
rep:ok_first          O1.6
customer:figures      M.25 N.25
rep:figures           M.1 E.2
customer:money        N.4
customer:share        M.4

rep:asks              H-1.0 E-.7
customer:asks         H1.2 E.6 O.3 B-.6 N-.6 P-.4 A-.4 M-.3
rep:impact_question   N1.8
rep:today_question    B.9
rep:future_question   A1.3
rep:result_question   P1.6
rep:need_question     R1.2
rep:measure_question  M1.3
rep:proof_question    E.3
customer:proof_question    E1.4
customer:product_question  H.9
customer:need_question     R.9 H-.2
customer:measure_question  M.5

short         O1.2
long
backchannel   O4.0
opening       O1.2 B.1

answers=before_scenario            B2.0
answers=negative_consequences      N2.0
answers=after_scenario             A2.0
answers=positive_business_outcomes P2.0
answers=required_capabilities      R2.0
answers=metrics                    M2.0
answers=how_we_do_it               H2.4
answers=proof_points               E2.2
answers=other                      O.9

running=before_scenario            B.4
running=negative_consequences      N.4
running=after_scenario             A.4
running=positive_business_outcomes P.4
running=required_capabilities      R.4
running=metrics                    M.4
running=how_we_do_it               H.4
running=proof_points               E.4
running=other                      O.5

previous=before_scenario            B.5
previous=negative_consequences      N.5
previous=after_scenario             A.5
previous=positive_business_outcomes P.5
previous=required_capabilities      R.5
previous=metrics                    M.5
previous=how_we_do_it               H.5
previous=proof_points               E.6
previous=other                      O.3
previous_two=other                  O.7

rep:running=how_we_do_it            H.7
rep:running=proof_points            E.4
customer:running=how_we_do_it       H.7
customer:running=proof_points       E.5
"""


def _row(line: str) -> tuple[str, dict[str, float]]:
    feature, *cells = line.split()
    return feature, {_STAGES[cell[0]]: float(cell[1:]) for cell in cells}


STAGE_WEIGHTS: Mapping[str, Mapping[str, float]] = dict(_row(line) for line in _TABLE.splitlines() if line.strip())
