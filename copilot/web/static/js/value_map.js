/** The value map as a tree, and what is missing in it. Pure. */

/** Whether it is part of the map rather than set aside. @param {Api.Item} item */
export const stands = (item) => item.state !== "rejected" && item.state !== "withdrawn";

/** @type {("baseline"|"target"|"owner"|"cadence")[]} */
const METRIC_FIELDS = ["baseline", "target", "owner", "cadence"];

/**
 * @typedef {{item: Api.Item, gap: string, field: string, words: string}} Gap
 * @typedef {{also: string[], gaps: Gap[], children: Node[]}} Place
 * @typedef {Place & {item: Api.Outcome, type: "outcome"}} OutcomeNode
 * @typedef {Place & {item: Api.Capability, type: "capability"}} CapabilityNode
 * @typedef {Place & {item: Api.Metric, type: "metric"}} MetricNode
 * @typedef {Place & {item: Api.NextStep, type: "next_step"}} NextStepNode
 * @typedef {OutcomeNode|CapabilityNode|MetricNode|NextStepNode} Node
 */

/**
 * @param {Api.State} state
 * @returns {{outcomes: OutcomeNode[], loose: (CapabilityNode|MetricNode)[], setAside: {item: Api.Item, type: Api.ItemType}[], gaps: number}}
 */
export function valueMap(state) {
  const outcomes = state.outcomes.filter(stands).map((item, place) => ({ item, place }));
  outcomes.sort((a, b) => (a.item.priority ?? 9) - (b.item.priority ?? 9) || a.place - b.place);
  const order = outcomes.map(({ item }) => item.id);
  const capabilities = state.capabilities.filter(stands);
  const metrics = state.metrics.filter(stands);
  const nodes = outcomes.map(({ item }) => outcomeNode(item, order, capabilities, metrics));
  const isLoose = (/** @type {Api.Capability|Api.Metric} */ item) => !item.outcomes.some((id) => order.includes(id));
  const loose = [
    ...capabilities.filter(isLoose).map(looseCapability),
    ...metrics.filter(isLoose).map((m) => metricNode(m, [])),
  ];
  const gaps = [...nodes, ...nodes.flatMap((n) => n.children), ...loose].reduce((n, node) => n + node.gaps.length, 0);
  return { outcomes: nodes, loose, setAside: setAside(state), gaps };
}

/**
 * @param {Api.Outcome} item @param {string[]} order ids of the outcomes @param {Api.Capability[]} capabilities @param {Api.Metric[]} metrics
 * @returns {OutcomeNode}
 */
function outcomeNode(item, order, capabilities, metrics) {
  const serves = (/** @type {Api.Capability|Api.Metric} */ x) => x.outcomes.includes(item.id);
  const isHome = (/** @type {Api.Capability|Api.Metric} */ x) => x.outcomes.filter((id) => order.includes(id)).sort((a, b) => order.indexOf(a) - order.indexOf(b))[0] === item.id;
  const elsewhere = (/** @type {Api.Capability|Api.Metric} */ x) => x.outcomes.filter((id) => id !== item.id && order.includes(id));
  const phase = (/** @type {Api.Capability} */ x) => (x.phase ? { 1: 0, later: 2 }[x.phase] : 1);
  const children = [
    ...capabilities.filter(isHome).sort((a, b) => phase(a) - phase(b)).map((c) => capabilityNode(c, elsewhere(c))),
    ...metrics.filter(isHome).sort((a, b) => Number(a.kind === "lagging") - Number(b.kind === "lagging")).map((m) => metricNode(m, elsewhere(m))),
  ];
  /** @type {Gap[]} */
  const gaps = [];
  if (!capabilities.some(serves)) gaps.push({ item, gap: "outcome_without_capability", field: "capability", words: "no capability" });
  if (!metrics.some(serves)) gaps.push({ item, gap: "outcome_without_metric", field: "metric", words: "no metric" });
  return { item, type: "outcome", also: [], gaps, children };
}

/** @param {Api.Capability} item @param {string[]} also @returns {CapabilityNode} */
const capabilityNode = (item, also) => ({ item, type: "capability", also, gaps: [], children: [] });

/** @param {Api.Capability} item @returns {CapabilityNode} */
const looseCapability = (item) => ({ ...capabilityNode(item, []), gaps: [{ item, gap: "capability_without_outcome", field: "outcomes", words: "no outcome" }] });

/** @param {Api.Metric} item @param {string[]} also @returns {MetricNode} */
function metricNode(item, also) {
  const gaps = METRIC_FIELDS.filter((f) => !item[f]).map((f) => ({ item, gap: `metric_without_${f}`, field: f, words: `no ${f}` }));
  return { item, type: "metric", also, gaps, children: [] };
}

/** @param {Api.State} state */
function setAside(state) {
  const of = (/** @type {Api.Item[]} */ list, /** @type {Api.ItemType} */ type) => list.filter((x) => !stands(x)).map((item) => ({ item, type }));
  return [...of(state.outcomes, "outcome"), ...of(state.capabilities, "capability"), ...of(state.metrics, "metric")];
}

/** What a next step lacks. @param {Api.NextStep} step @returns {Gap[]} */
export function nextStepGaps(step) {
  /** @type {Gap[]} */
  const gaps = [];
  if (!step.owner) gaps.push({ item: step, gap: "next_step_without_owner", field: "owner", words: "owner open" });
  if (!step.due) gaps.push({ item: step, gap: "next_step_without_date", field: "due", words: "date open" });
  return gaps;
}

/** An item's state in words. @param {Api.Item} item @param {Api.Said[]} utterances */
export function stateWords(item, utterances) {
  if (item.state === "proposed") return proposedWords(item, utterances);
  if (item.state === "confirmed") return item.confirmed_by === "person" ? "Confirmed by you" : "Confirmed by the customer";
  if (item.state === "withdrawn") return `Withdrawn: ${item.reason || "its words no longer support it"}`;
  return item.state === "heard" ? "Heard from the customer" : "Set aside by you";
}

/** @param {Api.Item} item @param {Api.Said[]} utterances */
function proposedWords(item, utterances) {
  const isReps = item.evidence.every((e) => utterances[e.utterance]?.role === "rep");
  return isReps ? "Proposed: only you have said it" : "Proposed: not known to be the customer's words";
}

/** The icon of each state. @type {Record<Api.ItemState, string>} */
export const RINGS = { proposed: "ring-dashed", heard: "ring-half", confirmed: "ring-full", rejected: "ring-dashed", withdrawn: "ring-dashed" };
