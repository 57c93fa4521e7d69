/** What the server sends where no single model describes it. tests/unit/web/test_page_types.py holds it against the server. */
declare namespace Api {
  type Item = Outcome | Capability | Metric | NextStep;
  type ItemType = "outcome" | "capability" | "metric" | "next_step";

  /** An utterance in its place, with what it is about. */
  interface Said extends Utterance {
    stage: string | null;
    also: string[];
  }

  interface StageCoverage {
    stage: string;
    coverage: "untouched" | "thin" | "covered";
    utterances: number[];
    seconds: number;
  }

  /** A call as a snapshot has it, and as the fold of the events after it leaves it. */
  interface State {
    call: CallInfo | null;
    playbook: string | null;
    utterances: Said[];
    unheard: Unheard[];
    stages: StageCoverage[];
    outcomes: Outcome[];
    capabilities: Capability[];
    metrics: Metric[];
    next_steps: NextStep[];
    pitfalls: Pitfall[];
    questions: Question[];
    closed_questions: Question[];
    moments: MarkedMoment[];
    talk: TalkStats;
    dropped: Record<string, number>;
    prose: { [purpose in Prose["purpose"]]?: Prose };
    model: ModelUse;
    ended: boolean;
    end_reason: "sender" | "silence" | "cancelled" | null;
    wrapped_up: boolean;
  }

  interface Snapshot {
    type: "snapshot";
    seq: number;
    state: State;
  }

  interface EventMessage {
    type: "event";
    seq: number;
    event: Event;
  }

  interface Partial {
    type: "partial";
    utterance: string;
    rev: number;
    speaker: string | null;
    role: Role;
    stable: string;
    tentative: string;
  }

  interface Status {
    type: "status";
    listening: boolean;
    tier: "embedded" | "llm";
    reason: string | null;
    tier_reason: string | null;
    tier_since: string | null;
    lag_s: number;
    asr: "ok" | "degraded" | "off";
    recording: Progress | null;
  }

  interface Done {
    type: "done";
    ref: string;
    seq: number;
  }

  interface Refusal {
    type: "error";
    ref?: string;
    code: string;
    message: string;
    fatal: boolean;
  }

  type Message = Snapshot | EventMessage | Partial | Status | Done | Refusal;

  /** What a person decides on the panel, before it is given its ref. */
  type Decision =
    | { type: "decide"; item: string; verdict: "confirm" | "reject" | "edit"; fields?: object }
    | { type: "question"; id: string; verdict: "asked" | "dismiss" | "pin" }
    | { type: "pitfall"; id: string; verdict: "dismiss" | "wrong" }
    | { type: "speakers"; swap?: boolean; speaker?: string | null; name?: string | null; role?: Role; utterances?: string[] }
    | { type: "moment"; id: string; i: number | null; text: string; removed: boolean }
    | { type: "add"; id: string; kind: ItemType; i: number; quote: string; fields: { text?: string } }
    | { type: "take_back"; id: string };

  interface PlaybookStage {
    stage: string;
    title: string;
    short: string;
    code: string;
    purpose: string;
    listen_for: string[];
    questions: string[];
    coaching: string[];
  }

  interface PitfallRule {
    title: string;
    what: string;
    instead: string;
    shows: string;
  }

  interface NoticeRules {
    stands_s: number;
    at_most_every_s: number;
    too_late_after_s: number;
  }

  interface UsualRange {
    title: string;
    unit: string;
    meaning: string;
    low: number | null;
    high: number | null;
    source: string | null;
  }

  /** GET /api/playbook */
  interface Playbook {
    version: string;
    stages: PlaybookStage[];
    pitfalls: Record<string, PitfallRule>;
    notices: NoticeRules;
    gaps: Record<string, string | null>;
    talk: TalkRanges;
  }

  /** By the name of the figure; with them, when a monologue is worth a timer. */
  type TalkRanges = { [figure in keyof TalkStats]?: UsualRange } & {
    monologue_s: number | null;
    monologue_warn_s: number | null;
    monologue_words: number | null;
  };

  /** A line of `copilot doctor`; `works` null: not set up, or not tried. */
  interface Finding {
    part: string;
    works: boolean | null;
    says: string;
    setting: string | null;
  }

  interface MailFacts {
    server: string;
    security: "starttls" | "tls" | "none";
    sender: string;
    copies_to: string[];
  }

  interface Facts {
    data: string;
    database: string;
    token: string;
    rubrics: string | null;
    sound: "never" | "with_consent";
    sound_days: number;
    mail: MailFacts | null;
  }

  interface RubricFile {
    part: string;
    version: number;
    file: string;
    is_own: boolean;
  }

  /** GET /api/settings */
  interface Settings {
    version: string;
    findings: Finding[];
    can_be_tried: string[];
    facts: Facts;
    playbook: { version: string; files: RubricFile[]; scorecards: Record<string, string> };
  }

  interface WebhookAttempt {
    began_at: string;
    took_ms: number;
    status: number | null;
    error: string | null;
    answer: string | null;
  }

  interface WebhookDelivery {
    id: string;
    event: string;
    call: string | null;
    happened_at: string;
    facts: Record<string, string | number | null>;
    attempts: WebhookAttempt[];
    tries: number;
    state: "waiting" | "delivered" | "failed" | "held";
    due_at: string | null;
  }

  /** An endpoint of GET /api/webhooks, the newest delivery first. */
  interface Webhook {
    name: string;
    host: string;
    events: string[];
    words: boolean;
    health: "unused" | "working" | "failing" | "gone" | "broken";
    /** Why the last attempt failed. */
    problem: string | null;
    waiting: number;
    held: number;
    deliveries: WebhookDelivery[];
  }

  /** A line of GET /api/calls. */
  interface CallLine extends CallFigures {
    id: string;
    title: string | null;
    account: string | null;
    kind: CallKind;
    demo: boolean;
    state: "live" | "transcribing" | "wrapping_up" | "ready";
    recording: Progress | null;
    started_at: string;
    held_on: string;
    ended_at: string | null;
  }

  /** One answer of a scorecard, with what counts and what a person may answer. */
  interface AnswerView extends Answer {
    automatic: AnswerBehind["verdict"];
    verdict: AnswerBehind["verdict"];
    may_be: AnswerBehind["verdict"][];
  }

  interface SectionView extends SectionScore {
    answers: AnswerView[];
  }

  interface KeptScorecard {
    at: string;
    engine: "embedded" | "llm";
    rubric: string;
    kind: CallKind;
    points: number;
    possible: number;
    score: number | null;
  }

  /** What a person answered, or took back where there is no verdict. */
  interface GivenAnswer {
    criterion: string;
    rubric: string;
    by: string;
    at: string;
    verdict: AnswerBehind["verdict"] | null;
    automatic?: AnswerBehind["verdict"];
    reason?: string;
  }

  interface ChangedAnswer {
    criterion: string;
    title: string;
    before: string | null;
    after: string | null;
    why: string;
  }

  /** GET /api/calls/{id}/scorecard */
  interface ScorecardView extends Scorecard {
    sections: SectionView[];
    engine: "embedded" | "llm";
    models: string[];
    kept: KeptScorecard[];
    as_other_kinds: KeptScorecard[];
    changed: { from: KeptScorecard; to: KeptScorecard; answers: ChangedAnswer[] } | null;
    last_answer: number;
    history: GivenAnswer[];
    newer_rubric: string | null;
  }

  interface PersonaView {
    id: string;
    title: string;
    focus: string;
  }

  interface FormulaView {
    id: string;
    title: string;
    formula: string;
    inputs: { id: string; title: string; unit: string; ask: string }[];
  }

  /** GET /api/accounts/{account}/report */
  interface ReportView extends ValueReport {
    personas: PersonaView[];
    formulas: FormulaView[];
  }
}
