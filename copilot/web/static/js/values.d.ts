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
    found_by: "embedded" | "llm";
    wordings: string[];
    reason: string | null;
    outcomes: string[];
    phase: "1" | "later" | null;
    utterances: number[];
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
    well: Praise[];
    work_on: WorkOn | null;
  }

  interface Consent {
    by: string;
    how: string | null;
  }

  interface CriterionLine {
    id: string;
    title: string;
    section: string;
    weight: number;
    critical: boolean;
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

  interface Filters {
    since: string | null;
    until: string | null;
    kind: CallKind | null;
    rep: string | null;
    account: string | null;
    criterion: string | null;
    rubric: string | null;
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

  type ItemState = "proposed" | "heard" | "confirmed" | "rejected" | "withdrawn";

  interface LeftOut {
    why: string;
    calls: number;
  }

  interface Metric {
    id: string;
    text: string;
    state: ItemState;
    confirmed_by: "customer" | "person" | null;
    evidence: Evidence[];
    locked: string[];
    also_heard: Alternative[];
    found_by: "embedded" | "llm";
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

  interface MetricNoted {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "metric";
    change: "added" | "changed" | "confirmed" | "rejected" | "edited" | "restored" | "withdrawn";
    item: Metric;
    at: string;
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

  interface NextStep {
    id: string;
    text: string;
    state: ItemState;
    confirmed_by: "customer" | "person" | null;
    evidence: Evidence[];
    locked: string[];
    also_heard: Alternative[];
    found_by: "embedded" | "llm";
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

  interface Outcome {
    id: string;
    text: string;
    state: ItemState;
    confirmed_by: "customer" | "person" | null;
    evidence: Evidence[];
    locked: string[];
    also_heard: Alternative[];
    found_by: "embedded" | "llm";
    wordings: string[];
    reason: string | null;
    priority: 1 | 2 | 3 | null;
    measurable: boolean;
    utterances: number[];
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

  interface Praise {
    criterion: string;
    text: string;
    moment: Moment;
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

  type Role = "rep" | "customer" | "unknown";

  interface RunningMonologue {
    role: Role;
    seconds: number | null;
    words: number;
    since_s: number | null;
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

  interface SpeakersChanged {
    v: 1;
    by: "sender" | "server" | "embedded" | "llm" | "person";
    utterance: string | null;
    type: "speakers";
    swap: boolean;
    speaker: string | null;
    name: string | null;
    role: Role | null;
    at: string;
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

  interface Trend {
    rep: string | null;
    n: number;
    without_score: number;
    dots: Dot[];
    rubric_changes: number[];
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

  type Event = CallStarted | UtteranceHeard | UnheardNoted | StageMarked | StageCovered | TalkCounted | OutcomeNoted | CapabilityNoted | MetricNoted | NextStepNoted | PitfallNoted | QuestionsSuggested | QuestionClosed | SpeakersChanged | ProposalsDropped | ProseWritten | ModelUsed | CallEnded | WrappedUp;
}
