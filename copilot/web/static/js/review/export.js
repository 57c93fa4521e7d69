/** The review as Markdown or JSON, made on this computer. */
import { pitfallRule } from "../playbook.js";
import { nextStepGaps, stands, stateWords, valueMap } from "../value_map.js";

/** @typedef {import("../value_map.js").Node} Node */

/** @param {Api.State} state @returns {string} */
export function markdown(state) {
  const map = valueMap(state);
  const lines = [`# ${state.call?.title ?? state.call?.id ?? "Call"}`, ""];
  const facts = [state.call?.account, state.call?.kind, state.playbook].filter(Boolean);
  if (facts.length) lines.push(facts.join(" · "), "");
  lines.push("## Value map", "");
  const linesOf = (/** @type {Node} */ node, /** @type {number} */ level) => nodeLines(node, level, state.utterances);
  for (const node of map.outcomes) lines.push(...linesOf(node, 0), ...node.children.flatMap((child) => linesOf(child, 1)));
  if (map.loose.length) lines.push("", "### Not tied to an outcome", "", ...map.loose.flatMap((node) => linesOf(node, 0)));
  if (state.next_steps.length) lines.push("", "## Next steps", "", ...state.next_steps.filter(stands).map(stepLine));
  const pitfalls = state.pitfalls.filter((p) => p.state === "open" || p.state === "dismissed");
  if (pitfalls.length) lines.push("", "## Pitfalls", "", ...pitfalls.map((p) => `- **${pitfallRule(p.kind).title}**${p.fact ? `: ${p.fact}` : ""}. Instead: ${pitfallRule(p.kind).instead}`));
  return `${lines.join("\n")}\n`;
}

/** @param {Node} node @param {number} level @param {Api.Said[]} utterances */
function nodeLines(node, level, utterances) {
  const indent = "  ".repeat(level);
  const { item } = node;
  const gaps = node.gaps.map((g) => `_${g.words}_`).join(", ");
  const figures = node.type === "metric" ? metricFigures(node.item) : "";
  const head = `${indent}- **${item.id}** ${escaped(item.text)}${escaped(figures)} (${stateWords(item, utterances)})${gaps ? ` — ${gaps}` : ""}`;
  return [head, ...item.evidence.map((e) => `${indent}  > ${escaped(e.quote)}`)];
}

/** @param {Api.Metric} metric */
function metricFigures(metric) {
  const { baseline, target, owner, cadence } = metric;
  return `: ${baseline ?? "?"} → ${target ?? "?"}${owner ? `, ${owner}` : ""}${cadence ? `, ${cadence}` : ""}${earlier(metric)}`;
}

const earlier = (/** @type {Api.Metric} */ metric) => (metric.earlier.length ? `; earlier ${metric.earlier.map((v) => `${v.value} (${v.field})`).join(", ")}` : "");

const stepLine = (/** @type {Api.NextStep} */ step) => `- ${escaped(step.text)}: ${[step.owner, step.due, ...nextStepGaps(step).map((g) => g.words)].filter((words) => words !== null).map(escaped).join(", ")}`;

/** Speech is text, never markup. @param {string} text */
const escaped = (text) => text.replace(/([\\`*_<>#[\]|])/g, "\\$1");

/** @param {string} name @param {string} text @param {string} type */
export function download(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
