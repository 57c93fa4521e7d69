// Written by scripts/page_types.py from the server's models; not edited by hand.

declare namespace Api {
  interface Agreed {
    criterion: string | null;
    title: string;
    n: number;
    agreed: number;
    beside: number;
    counts: number[][];
    share: number | null;
    low: number | null;
    high: number | null;
    kappa: number | null;
  }

  interface Agreement {
    overall: Agreed;
    criteria: Agreed[];
    disagreements: Disagreement[];
    enough: number;
    who_was_asked: string;
  }

  interface AgreementNoted {
    v: 1;
    type: "agreement";
    by: string | null;
    calculation: string;
    agreed: boolean;
    customer: string | null;
    on: string;
    said: Quoted | null;
    as_of: number | null;
  }

  interface Alternative {
    field: string;
    value: string;
    utterance: number;
  }

  interface Answer {
    criterion: string;
    title: string;
    question: string;
    type: "yes_no" | "scale" | "number";
    weight: number;
    critical: boolean;
    standing: "scored" | "not_observed" | "not_applicable";
    answer: string;
    means: string | null;
    share: number | null;
    why: string;
    moments: Moment[];
    by: "automatic";
    override: Override | null;
  }

  interface AnswerBehind {
    criterion: string;
    title: string;
    automatic: "met" | "partly" | "not_met" | "not_observed" | "not_applicable";
    answer: string;
    verdict: "met" | "partly" | "not_met" | "not_observed" | "not_applicable";
    why: string;
    override: Override | null;
    moments: Moment[];
  }

  interface AnswerToDoubt {
    objection: string;
    strategy: string;
    say: string;
  }

  interface Assumed {
    v: 1;
    type: "assumption";
    by: string | null;
    calculation: string;
    formula: string;
    input: string;
    figure: Figure;
    period: Period;
    promise: string | null;
    source: Typed | Imported | Heard;
    assumed_by: string | null;
    attribution: number;
    confidence: "low" | "medium" | "high";
  }

  interface Calculation {
    name: string;
    formula: string;
    formula_title: string;
    formula_text: string;
    level: "strategic" | "business" | "operational" | "technical";
    period: Period;
    inputs: InputLine[];
    attribution: string;
    confidence: "low" | "medium" | "high";
    value: Ranged | null;
    whole: Ranged | null;
    metric: string | null;
    agreement: "agreed" | "changed_since" | "not_agreed";
    agreed: Statement | null;
    cautions: string[];
    problems: string[];
    last_note: number;
    noted_on: string;
    share_text: string;
  }

  interface CallBehind {
    id: string;
    title: string;
    account: string | null;
    at: string;
    reps: string[];
    talk_ratio: number | null;
    rubric: string;
    engine: string;
    score: number | null;
    answers: AnswerBehind[];
    pitfalls: PitfallBehind[];
  }

  interface CallEnded {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "call_ended";
    reason: "sender" | "silence" | "cancelled";
    at: string;
  }

  interface CallFigures {
    utterances: number;
    duration_s: number | null;
    coverage: Record<string, "untouched" | "thin" | "covered">;
    outcomes: number;
    gaps: number;
    pitfalls: number;
  }

  interface CallInfo {
    id: string;
    title: string | null;
    kind: CallKind;
    account: string | null;
    language: string | null;
    participants: Participant[];
    consent: Consent | null;
    demo: boolean;
    held_on: string | null;
  }

  type CallKind = "discovery" | "demo" | "qbr" | "other";

  interface CallNamed {
    id: string;
    title: string;
  }

  interface CallStarted {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "call_started";
    call: CallInfo;
    playbook: string;
    at: string;
  }

  interface Capability {
    id: string;
    text: string;
    state: ItemState;
    confirmed_by: "customer" | "person" | null;
    evidence: Evidence[];
    locked: string[];
    also_heard: Alternative[];
    found_by: "embedded" | "llm" | "person";
    added_as: string | null;
    wordings: string[];
    reason: string | null;
    outcomes: string[];
    phase: "1" | "later" | null;
    utterances: number[];
  }

  interface CapabilityEntry {
    id: string;
    text: string;
    mentions: Mention[];
    like: string[];
    amended: ("text" | "baseline" | "target" | "owner" | "cadence")[];
    reported: boolean;
    outcomes: string[];
    phase: "1" | "later" | null;
  }

  interface CapabilityNoted {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "capability";
    change: "added" | "changed" | "confirmed" | "rejected" | "edited" | "restored" | "withdrawn";
    item: Capability;
    at: string;
  }

  interface Cell {
    criterion: string;
    met: number;
    partly: number;
    not_met: number;
    n: number;
    not_observed: number;
    not_applicable: number;
    share: number | null;
    low: number | null;
    high: number | null;
    level: number | null;
  }

  interface Change {
    field: "baseline" | "target";
    before: Told;
    after: Told;
    settled: boolean;
  }

  interface Check {
    id: string;
    title: string;
    what: string;
    why: string[];
  }

  interface Choices {
    kinds: CallKind[];
    reps: string[];
    accounts: string[];
    rubrics: string[];
  }

  interface CoachedRow {
    rep: string;
    criterion: string;
    title: string;
    by: string | null;
    at: string;
  }

  interface Coaching {
    account: Sentence[];
    well: Praise[];
    work_on: WorkOn | null;
  }

  interface Consent {
    by: string;
    how: string | null;
  }

  interface ContractSet {
    v: 1;
    type: "contract";
    by: string | null;
    start: string;
    renewal: string | null;
  }

  interface CoverageChange {
    stage: string;
    before: "untouched" | "thin" | "covered";
    after: "untouched" | "thin" | "covered";
  }

  interface CriterionLine {
    id: string;
    title: string;
    section: string;
    weight: number;
    critical: boolean;
  }

  interface DetailsChanged {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "details";
    title: string | null;
    kind: CallKind;
    account: string | null;
    held_on: string | null;
    at: string;
  }

  interface Difference {
    utterances: number;
    stages: StageChange[];
    coverage: CoverageChange[];
    pitfalls: Turn[];
    questions: Turn[];
    items: Turn[];
  }

  interface Disagreement {
    call: string;
    call_title: string;
    at: string;
    criterion: string;
    title: string;
    automatic: "met" | "partly" | "not_met" | "not_observed" | "not_applicable";
    why: string;
    person: "met" | "partly" | "not_met" | "not_observed" | "not_applicable";
    reason: string;
    by: string;
    moment: Moment | null;
  }

  interface Dot {
    call: string;
    title: string;
    at: string;
    rubric: string;
    value: number;
    median: number | null;
  }

  interface EarlierValue {
    field: "baseline" | "target";
    value: string;
    utterance: number | null;
  }

  interface Evidence {
    utterance: number;
    quote: string;
  }

  interface Figure {
    text: string;
    low: number | null;
    high: number | null;
    unit: string | null;
    per: string | null;
    kind: "money" | "percent" | "duration" | "count" | "multiple" | "ratio" | null;
  }

  interface Filters {
    since: string | null;
    until: string | null;
    kind: CallKind | null;
    rep: string | null;
    account: string | null;
    criterion: string | null;
    rubric: string | null;
  }

  interface GoalSet {
    v: 1;
    type: "goal";
    by: string | null;
    text: string;
    quarter: string;
    promise: string | null;
  }

  interface Ground {
    how: "heard" | "typed" | "imported";
    text: string;
    quote: Quote | null;
    note: number | null;
  }

  interface Heard {
    how: "heard";
    said: Quoted;
  }

  interface HeatMap {
    team: HeatRow;
    rows: HeatRow[];
  }

  interface HeatRow {
    rep: string | null;
    calls: number;
    cells: Cell[];
  }

  interface Imported {
    how: "imported";
    file: string;
    line: number;
    origin: string | null;
  }

  interface InputLine {
    id: string;
    title: string;
    unit: string;
    ask: string;
    figure: string | null;
    grounds: Ground[];
    assumed_by: string | null;
    confidence: "low" | "medium" | "high" | null;
    problem: string | null;
  }

  interface Invested {
    v: 1;
    type: "investment";
    by: string | null;
    what: string;
    amount: Figure;
    period: Period;
  }

  interface Investment {
    what: string;
    amount: Ranged | null;
    period: Period;
    in_quarter: Ranged | null;
    problem: string | null;
    grounds: Ground[];
  }

  type ItemState = "proposed" | "heard" | "confirmed" | "rejected" | "withdrawn";

  interface Kept_AgreementNoted_ {
    seq: number;
    at: string;
    note: AgreementNoted;
  }

  interface Kept_Assumed_ {
    seq: number;
    at: string;
    note: Assumed;
  }

  interface Kept_ContractSet_ {
    seq: number;
    at: string;
    note: ContractSet;
  }

  interface Kept_GoalSet_ {
    seq: number;
    at: string;
    note: GoalSet;
  }

  interface Kept_Invested_ {
    seq: number;
    at: string;
    note: Invested;
  }

  interface KindSums {
    formula: string;
    title: string;
    level: "strategic" | "business" | "operational" | "technical";
    agreed: Ranged[];
    calculated: Ranged[];
  }

  interface Ledger {
    account: string;
    today: string;
    last_note: number;
    calls: LedgerCall[];
    outcomes: OutcomeEntry[];
    capabilities: CapabilityEntry[];
    metrics: MetricEntry[];
    rows: Row[];
    milestones: MilestoneLine[];
    contract: Kept_ContractSet_ | null;
    investments: Kept_Invested_[];
    calculations: Record<string, Kept_Assumed_[]>;
    agreements: Record<string, Kept_AgreementNoted_>;
    goals: Kept_GoalSet_[];
  }

  interface LedgerCall {
    id: string;
    title: string | null;
    kind: CallKind;
    on: string;
    demo: boolean;
  }

  interface LeftOut {
    why: string;
    calls: number;
  }

  type Level = "I" | "II" | "III" | "IV" | "V";

  interface LevelSums {
    id: "strategic" | "business" | "operational" | "technical";
    title: string;
    agreed: Ranged[];
    calculated: Ranged[];
  }

  interface MarkedMoment {
    id: string;
    i: number | null;
    text: string;
    removed: boolean;
  }

  interface MaturityDimension {
    id: string;
    short: string;
    title: string;
    levels: Record<string, string>;
    standing: Placing | null;
    next: Level | null;
    gap: string | null;
    history: Placing[];
    proposal: MaturityProposal | null;
  }

  interface MaturityGroup {
    id: string;
    title: string;
    dimensions: MaturityDimension[];
  }

  interface MaturityLevel {
    numeral: Level;
    name: string;
    motto: string;
    equation: string;
  }

  interface MaturityMap {
    blueprint: number;
    today: string;
    levels: MaturityLevel[];
    groups: MaturityGroup[];
    summary: MaturitySummary;
    plan: PlanStage[];
    points: ProgressPoint[];
    progress: MaturityProgress | null;
  }

  interface MaturityMove {
    dimension: string;
    title: string;
    before: Level | null;
    after: Level | null;
    by: number | null;
  }

  interface MaturityProgress {
    before: ProgressPoint;
    after: ProgressPoint;
    moves: MaturityMove[];
    unchanged: number;
    steps_done: string[];
    says: string;
  }

  interface MaturityProposal {
    level: Level | null;
    figures: string[];
    rule: string;
    calls: CallNamed[];
  }

  interface MaturitySummary {
    assessed: number;
    dimensions: number;
    counts: Record<string, number>;
    mostly: Level | null;
    furthest_behind: string[];
    says: string;
  }

  interface Mention {
    id: string;
    call: string;
    title: string | null;
    kind: CallKind;
    on: string;
    text: string;
    state: ItemState;
    confirmed_by: "customer" | "person" | null;
    quotes: Quote[];
    confidential: boolean;
  }

  interface Metric {
    id: string;
    text: string;
    state: ItemState;
    confirmed_by: "customer" | "person" | null;
    evidence: Evidence[];
    locked: string[];
    also_heard: Alternative[];
    found_by: "embedded" | "llm" | "person";
    added_as: string | null;
    wordings: string[];
    reason: string | null;
    outcomes: string[];
    kind: "leading" | "lagging";
    baseline: string | null;
    target: string | null;
    earlier: EarlierValue[];
    unit: string | null;
    owner: string | null;
    cadence: string | null;
    utterances: number[];
  }

  interface MetricEntry {
    id: string;
    text: string;
    mentions: Mention[];
    like: string[];
    amended: ("text" | "baseline" | "target" | "owner" | "cadence")[];
    reported: boolean;
    outcomes: string[];
    kind: "leading" | "lagging";
    baseline: Told | null;
    target: Told | null;
    owner: Told | null;
    cadence: Told | null;
    changes: Change[];
    readings: Reading[];
    latest: Reading | null;
    scale: Scale | null;
    progress: number | null;
    standing: "promise_changed" | "no_metric" | "measured_elsewhere" | "no_baseline" | "no_target" | "claimed" | "no_reading" | "unclear" | "moved_away" | "unmoved" | "on_the_way" | "reached" | "result";
    moved: "promise_changed" | "no_metric" | "measured_elsewhere" | "no_baseline" | "no_target" | "claimed" | "no_reading" | "unclear" | "moved_away" | "unmoved" | "on_the_way" | "reached" | "result";
    reading_due: string | null;
    overdue: boolean;
  }

  interface MetricNoted {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "metric";
    change: "added" | "changed" | "confirmed" | "rejected" | "edited" | "restored" | "withdrawn";
    item: Metric;
    at: string;
  }

  interface MilestoneLine {
    id: string;
    title: string;
    checkpoint: string;
    start: string | null;
    end: string | null;
    done_on: string | null;
    state: "ahead" | "due" | "overdue" | "done" | "undated";
    note: number | null;
  }

  interface ModelUse {
    requests: number;
    incomplete: number;
    models: string[];
    usage: Usage;
    cost_usd: number;
    unpriced: number;
    latency_ms: number;
    slowest_ms: number;
    applied: number;
    dropped: Record<string, number>;
    reviewed: boolean;
  }

  interface ModelUsed {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "model_used";
    purpose: "live" | "wrap_up";
    model: string;
    prompt: string;
    playbook: string;
    cause: string | null;
    told_up_to: number | null;
    ended: "complete" | "cut" | "timed_out" | "failed" | "refused" | "unusable" | "broken_off";
    usage: Usage;
    estimated: boolean;
    cost_usd: number | null;
    latency_ms: number;
    first_op_ms: number | null;
    applied: number;
    dropped: Record<string, number>;
    at: string;
  }

  interface Moment {
    utterance: number;
    quote: string;
    speaker: string | null;
    start_s: number | null;
  }

  interface MomentMarked {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "moment";
    moment: MarkedMoment;
    at: string;
  }

  interface Money {
    amount: string;
    currency: string | null;
    text: string;
  }

  interface Moving {
    account: string | null;
    goes: Record<string, number>;
    stays: Record<string, number>;
    calls_left: number;
  }

  interface NextStep {
    id: string;
    text: string;
    state: ItemState;
    confirmed_by: "customer" | "person" | null;
    evidence: Evidence[];
    locked: string[];
    also_heard: Alternative[];
    found_by: "embedded" | "llm" | "person";
    added_as: string | null;
    wordings: string[];
    reason: string | null;
    owner: string | null;
    due: string | null;
    utterances: number[];
  }

  interface NextStepNoted {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "next_step";
    change: "added" | "changed" | "confirmed" | "rejected" | "edited" | "restored" | "withdrawn";
    item: NextStep;
    at: string;
  }

  interface Open {
    what: string;
    ask: string;
    answers: AnswerToDoubt[];
  }

  interface Outcome {
    id: string;
    text: string;
    state: ItemState;
    confirmed_by: "customer" | "person" | null;
    evidence: Evidence[];
    locked: string[];
    also_heard: Alternative[];
    found_by: "embedded" | "llm" | "person";
    added_as: string | null;
    wordings: string[];
    reason: string | null;
    priority: 1 | 2 | 3 | null;
    measurable: boolean;
    utterances: number[];
  }

  interface OutcomeEntry {
    id: string;
    text: string;
    mentions: Mention[];
    like: string[];
    amended: ("text" | "baseline" | "target" | "owner" | "cadence")[];
    reported: boolean;
    priority: 1 | 2 | 3 | null;
  }

  interface OutcomeNoted {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "outcome";
    change: "added" | "changed" | "confirmed" | "rejected" | "edited" | "restored" | "withdrawn";
    item: Outcome;
    at: string;
  }

  interface Override {
    verdict: "met" | "partly" | "not_met" | "not_observed" | "not_applicable";
    reason: string;
    by: string;
    at: string;
  }

  interface Overview {
    filters: Filters;
    kind: CallKind | null;
    rubric: string | null;
    calls: number;
    of_unknown_rep: number;
    of_several_reps: number;
    left_out: LeftOut[];
    few: number;
    notice: string;
    choices: Choices;
    criteria: CriterionLine[];
    queue: Queue;
    heat_map: HeatMap;
    trends: Trend[];
    talk_ratios: TalkRatios;
    pitfalls: PitfallBar[];
    agreement: Agreement;
  }

  interface Participant {
    name: string;
    role: Role;
    title: string | null;
  }

  interface Period {
    start: string;
    end: string;
  }

  interface Pitfall {
    id: string;
    kind: string;
    state: PitfallState;
    evidence: Evidence[];
    fact: string | null;
    about: string | null;
    locked: string[];
    reason: string | null;
    utterances: number[];
  }

  interface PitfallBar {
    kind: string;
    title: string;
    instead: string | null;
    calls: number;
    n: number;
    wrong: number;
    share: number | null;
    low: number | null;
    high: number | null;
  }

  interface PitfallBehind {
    wrong: boolean;
    moment: Moment;
  }

  interface PitfallNoted {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "pitfall";
    change: "found" | "changed" | "dismissed" | "wrong" | "withdrawn";
    item: Pitfall;
    at: string;
  }

  type PitfallState = "open" | "dismissed" | "wrong" | "withdrawn";

  interface Placing {
    level: Level | null;
    why: string | null;
    said: Quoted | null;
    on: string;
    by: string;
    note: number;
  }

  interface PlanStage {
    from_level: Level;
    to_level: Level;
    steps: PlanStep[];
    done: number;
    behind: string[];
  }

  interface PlanStep {
    id: string;
    text: string;
    parts: string[];
    state: "open" | "taken" | "overdue" | "done";
    owner: string | null;
    due: string | null;
    done_on: string | null;
    done_by: string | null;
  }

  interface Praise {
    criterion: string;
    text: string;
    moment: Moment;
  }

  interface Progress {
    state: "waiting" | "transcribing" | "failed";
    done_s: number;
    length_s: number | null;
    left_s: number | null;
    reason: string | null;
  }

  interface ProgressPoint {
    id: string;
    words: string;
    on: string;
  }

  interface ProposalsDropped {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "dropped";
    reasons: Record<string, number>;
    at: string;
  }

  interface Prose {
    purpose: "summary_email" | "coaching" | "value_story";
    sentences: Sentence[];
  }

  interface ProseWritten {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "prose";
    prose: Prose;
    at: string;
  }

  interface QuarterLine {
    quarter: string;
    title: string;
    complete: boolean;
    agreed: Ranged[];
    calculated: Ranged[];
    invested: Ranged[];
    returns: Return[];
    returns_with_calculated: Return[];
  }

  interface Question {
    id: string;
    stage: string;
    text: string;
    why: string;
    gap: string;
    about: string | null;
    evidence: Evidence[];
    worded_by: "playbook" | "llm";
    state: QuestionState;
    after: number;
    closed_at: number | null;
  }

  interface QuestionClosed {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "question_closed";
    question: Question;
    at: string;
  }

  type QuestionState = "open" | "pinned" | "asked" | "dismissed" | "answered";

  interface QuestionsSuggested {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "questions";
    questions: Question[];
    at: string;
  }

  interface Queue {
    rows: QueueRow[];
    coached: CoachedRow[];
    why_this_order: string;
  }

  interface QueueRow {
    rep: string;
    criterion: string;
    title: string;
    missed: number;
    unseen: number;
    of: number;
    ranked: boolean;
    says: string;
    coaching: string | null;
    call: string;
    call_title: string;
    moment: Moment | null;
    moment_call: string | null;
  }

  interface Quote {
    call: string;
    on: string;
    utterance: number;
    quote: string;
    speaker: string | null;
    role: Role;
    agreed: boolean;
  }

  interface Quoted {
    call: string;
    utterance: number;
    quote: string;
  }

  interface Ranged {
    low: Money;
    high: Money;
    text: string;
  }

  interface Reader {
    id: string;
    title: string;
    focus: string;
    language: string;
    metrics: string[];
    opens_with: "story" | "figures" | "improvements";
  }

  interface Reading {
    figure: Figure;
    on: string;
    source: Typed | Imported | Heard;
    low: number | null;
    high: number | null;
    quote: Quote | null;
    mention: string | null;
    ours: boolean;
    note: number | null;
    at: string | null;
    by: string | null;
  }

  interface Return {
    currency: string | null;
    value: Money;
    invested: Money | null;
    share: string | null;
    text: string;
    why_not: string | null;
  }

  type Role = "rep" | "customer" | "unknown";

  interface Row {
    outcome: string | null;
    metric: string | null;
    standing: "promise_changed" | "no_metric" | "measured_elsewhere" | "no_baseline" | "no_target" | "claimed" | "no_reading" | "unclear" | "moved_away" | "unmoved" | "on_the_way" | "reached" | "result";
  }

  interface RunningMonologue {
    role: Role;
    seconds: number | null;
    words: number;
    since_s: number | null;
  }

  interface Scale {
    unit: string | null;
    per: string | null;
    kind: string;
    baseline: number | null;
    target: number | null;
    calculated: boolean;
    direction: "up" | "down" | null;
  }

  interface Scorecard {
    rubric: string;
    playbook: string | null;
    kind: CallKind;
    call_id: string | null;
    title: string;
    notice: string;
    points: number;
    possible: number;
    score: number | null;
    could_be: number | null;
    not_observed: number;
    not_applicable: number;
    sections: SectionScore[];
    coaching: Coaching;
  }

  interface SectionScore {
    id: string;
    title: string;
    points: number;
    possible: number;
    failed_by: string | null;
    answers: Answer[];
  }

  interface Sentence {
    text: string;
    evidence: Evidence[];
  }

  interface SoundKept {
    state: "kept" | "pending" | "failed" | "none";
    message: string | null;
    until: string | null;
  }

  interface SpeakerFound {
    name: string;
    role: Role;
    utterances: number;
    first: string;
  }

  interface SpeakersChanged {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "speakers";
    swap: boolean;
    speaker: string | null;
    name: string | null;
    role: Role | null;
    utterances: string[];
    at: string;
  }

  interface StageChange {
    utterance: number;
    before: string | null;
    after: string | null;
  }

  interface StageCovered {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "coverage";
    stage: string;
    coverage: "untouched" | "thin" | "covered";
    at: string;
  }

  interface StageMarked {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "stage";
    i: number;
    stage: string;
    also: string[];
    confidence: number | null;
    at: string;
  }

  interface Statement {
    text: string;
    grounds: Ground[];
  }

  interface Story {
    outcome: string;
    text: string;
    parts: StoryPart[];
  }

  interface StoryPart {
    id: string;
    letter: string;
    title: string;
    statements: Statement[];
    open: Open[];
  }

  interface Strip {
    rep: string;
    n: number;
    too_short: number;
    dots: TalkDot[];
    median: number | null;
  }

  interface TalkCounted {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "talk";
    talk: TalkStats;
    at: string;
  }

  interface TalkDot {
    call: string;
    title: string;
    at: string;
    talk_ratio: number;
  }

  interface TalkRatios {
    strips: Strip[];
    usual: UsualTalk | null;
  }

  interface TalkStats {
    rep_s: number;
    customer_s: number;
    unknown_s: number;
    rep_words: number;
    customer_words: number;
    unknown_words: number;
    talk_ratio: number | null;
    longest_monologue_s: number | null;
    longest_monologue_words: number;
    longest_customer_story_s: number | null;
    patience_s: number | null;
    rep_questions: number;
    customer_questions: number;
    switches_per_minute: number | null;
    running: RunningMonologue | null;
    estimated: boolean;
  }

  interface Told {
    text: string;
    on: string;
    figure: Figure | null;
    quote: Quote | null;
    mention: string | null;
    ours: boolean;
    note: number | null;
    by: string | null;
  }

  interface Trend {
    rep: string | null;
    n: number;
    without_score: number;
    dots: Dot[];
    rubric_changes: number[];
  }

  interface Turn {
    kind: string;
    text: string;
    utterance: number;
    turn: "come" | "go";
  }

  interface Typed {
    how: "typed";
    origin: string | null;
  }

  interface Unheard {
    id: string;
    reason: "off_record" | "lost" | "no_sound";
    role: Role | null;
    start_s: number;
    end_s: number | null;
  }

  interface UnheardNoted {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "unheard";
    stretch: Unheard;
    at: string;
  }

  interface Usage {
    input_tokens: number;
    cached_tokens: number;
    cache_write_tokens: number;
    output_tokens: number;
  }

  interface UsualTalk {
    low: number | null;
    high: number | null;
    source: string;
  }

  interface Utterance {
    id: string;
    speaker: string | null;
    role: Role;
    start_s: number | null;
    end_s: number | null;
    text: string;
    word_starts_s: number[];
    i: number;
  }

  interface UtteranceHeard {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "utterance";
    i: number;
    speaker: string | null;
    role: Role;
    said_by: string | null;
    said_as: Role;
    start_s: number | null;
    end_s: number | null;
    text: string;
    word_starts_s: number[];
    at: string;
  }

  interface ValueReport {
    account: string;
    title: string;
    today: string;
    quarter: string;
    quarter_title: string;
    reader: Reader | null;
    with_calculated: boolean;
    held_back: string | null;
    return_definition: string;
    investments: Investment[];
    calculations: Calculation[];
    kinds: KindSums[];
    levels: LevelSums[];
    totals: Ranged[];
    returns: Return[];
    annualised: Ranged[];
    left_out: number;
    trend: QuarterLine[];
    improvements: Statement[];
    setbacks: Statement[];
    stories: Story[];
    since: string | null;
    new: Statement[];
    goals: Statement[];
    goals_title: string;
    checks: Check[];
    techniques: string[];
  }

  interface WorkOn {
    criterion: string;
    text: string;
    moment: Moment;
    better_question: string;
  }

  interface WrappedUp {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "wrapped_up";
    at: string;
  }

  type Event = CallStarted | UtteranceHeard | UnheardNoted | StageMarked | StageCovered | TalkCounted | OutcomeNoted | CapabilityNoted | MetricNoted | NextStepNoted | PitfallNoted | QuestionsSuggested | QuestionClosed | SpeakersChanged | DetailsChanged | MomentMarked | ProposalsDropped | ProseWritten | ModelUsed | CallEnded | WrappedUp;
}
