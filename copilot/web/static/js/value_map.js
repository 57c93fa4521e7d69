/** The value map as a tree, and what is missing in it. Pure. */

const STANDS = (item) => item.state !== "rejected" && item.state !== "withdrawn";

const METRIC_FIELDS = ["baseline", "target", "owner", "cadence"];

/**
 * @typedef {{item: any, type: "outcome"|"capability"|"metric", also: string[], gaps: Gap[], children: Node[]}} Node
 * @typedef {{item: any, gap: string, field: string, words: string}} Gap
 */

/**
 * @param {any} state
 * @returns {{outcomes: Node[], loose: Node[], setAside: {item: any, type: string}[], gaps: number}}
 */
export function valueMap(state) {
  const outcomes = state.outcomes.filter(STANDS).map((item, place) => ({ item, place }));
  outcomes.sort((a, b) => (a.item.priority ?? 9) - (b.item.priority ?? 9) || a.place - b.place);
  const order = outcomes.map(({ item }) => item.id);
  const capabilities = state.capabilities.filter(STANDS);
  const metrics = state.metrics.filter(STANDS);
  const nodes = outcomes.map(({ item }) => outcomeNode(item, order, capabilities, metrics));
  const isLoose = (item) => !item.outcomes.some((id) => order.includes(id));
  const loose = [
    ...capabilities.filter(isLoose).map(looseCapability),
    ...metrics.filter(isLoose).map((m) => metricNode(m, [])),
  ];
  const gaps = [...nodes, ...nodes.flatMap((n) => n.children), ...loose].reduce((n, node) => n + node.gaps.length, 0);
  return { outcomes: nodes, loose, setAside: setAside(state), gaps };
}

function outcomeNode(item, order, capabilities, metrics) {
  const serves = (x) => x.outcomes.includes(item.id);
  const isHome = (x) => x.outcomes.filter((id) => order.includes(id)).sort((a, b) => order.indexOf(a) - order.indexOf(b))[0] === item.id;
  const elsewhere = (x) => x.outcomes.filter((id) => id !== item.id && order.includes(id));
  const phases = { 1: 0, later: 2 };
  const children = [
    ...capabilities.filter(isHome).sort((a, b) => (phases[a.phase] ?? 1) - (phases[b.phase] ?? 1)).map((c) => capabilityNode(c, elsewhere(c))),
    ...metrics.filter(isHome).sort((a, b) => Number(a.kind === "lagging") - Number(b.kind === "lagging")).map((m) => metricNode(m, elsewhere(m))),
  ];
  const gaps = [];
  if (!capabilities.some(serves)) gaps.push({ item, gap: "outcome_without_capability", field: "capability", words: "no capability" });
  if (!metrics.some(serves)) gaps.push({ item, gap: "outcome_without_metric", field: "metric", words: "no metric" });
  return { item, type: "outcome", also: [], gaps, children };
}

const capabilityNode = (item, also) => ({ item, type: "capability", also, gaps: [], children: [] });

const looseCapability = (item) => ({ ...capabilityNode(item, []), gaps: [{ item, gap: "capability_without_outcome", field: "outcomes", words: "no outcome" }] });

function metricNode(item, also) {
  const gaps = METRIC_FIELDS.filter((f) => !item[f]).map((f) => ({ item, gap: `metric_without_${f}`, field: f, words: `no ${f}` }));
  return { item, type: "metric", also, gaps, children: [] };
}

function setAside(state) {
  const of = (list, type) => list.filter((x) => !STANDS(x)).map((item) => ({ item, type }));
  return [...of(state.outcomes, "outcome"), ...of(state.capabilities, "capability"), ...of(state.metrics, "metric")];
}

/** What a next step lacks. @param {any} step @returns {Gap[]} */
export function nextStepGaps(step) {
  const gaps = [];
  if (!step.owner) gaps.push({ item: step, gap: "next_step_without_owner", field: "owner", words: "owner open" });
  if (!step.due) gaps.push({ item: step, gap: "next_step_without_date", field: "due", words: "date open" });
  return gaps;
}

const STATE_WORDS = { heard: "Heard from the customer", rejected: "Set aside by you" };

/** An item's state in words. @param {any} item @param {any[]} utterances */
export function stateWords(item, utterances) {
  if (item.state === "proposed") return proposedWords(item, utterances);
  if (item.state === "confirmed") return item.confirmed_by === "person" ? "Confirmed by you" : "Confirmed by the customer";
  if (item.state === "withdrawn") return `Withdrawn: ${item.reason || "its words no longer support it"}`;
  return STATE_WORDS[item.state] ?? item.state;
}

function proposedWords(item, utterances) {
  const isReps = item.evidence.every((e) => utterances[e.utterance]?.role === "rep");
  return isReps ? "Proposed: only you have said it" : "Proposed: not known to be the customer's words";
}

export const RINGS = { proposed: "ring-dashed", heard: "ring-half", confirmed: "ring-full", rejected: "ring-dashed", withdrawn: "ring-dashed" };
