/** A metric's readings as dots over time, between the baseline and the target. */
import { html } from "../html.js";
import { onDay, originOf, timeOf, toldWords } from "./words.js";
import { useWidth } from "./width.js";

const HEIGHT = 160;
const [LEFT, RIGHT, TOP, BOTTOM] = [8, 8, 10, 34];
const DAY_MS = 86_400_000;

/** @param {{metric: Api.MetricEntry, today: string}} props */
export function ReadingsChart({ metric, today }) {
  const [box, width] = useWidth(240);
  const placed = metric.readings.filter((r) => r.low != null && r.high != null);
  return html`<div ref=${box} class="readings-chart">${placed.length > 0 && html`<${Dots} metric=${metric} placed=${placed} today=${today} width=${width} />`}</div>`;
}

/** @param {{metric: Api.MetricEntry, placed: Api.Reading[], today: string, width: number}} props */
function Dots({ metric, placed, today, width }) {
  const { scale } = metric;
  const lines = levels(metric);
  const figures = [...placed.flatMap((r) => [r.low ?? 0, r.high ?? 0]), ...lines.map(({ at }) => at)];
  const [least, most] = [Math.min(...figures), Math.max(...figures)];
  const y = (/** @type {number} */ figure) => (most === least ? (HEIGHT - BOTTOM + TOP) / 2 : HEIGHT - BOTTOM - ((figure - least) / (most - least)) * (HEIGHT - TOP - BOTTOM));
  const began = Math.min(timeOf(metric.mentions[0].on), ...placed.map((r) => timeOf(r.on)));
  const span = Math.max(timeOf(today) - began, DAY_MS);
  const x = (/** @type {string} */ on) => LEFT + 6 + ((timeOf(on) - began) / span) * (width - LEFT - RIGHT - 12);
  const label = `${metric.text}: ${placed.map((r) => `${r.figure.text} on ${onDay(r.on)}`).join(", ")}`;
  return html`<${Key} lines=${lines} /><svg width=${width} height=${HEIGHT} viewBox=${`0 0 ${width} ${HEIGHT}`} role="img" aria-label=${label} class=${scale?.direction ?? ""}>
    ${lines.map(({ name, at }) => html`<line key=${name} class=${`level ${name}`} x1=${LEFT} x2=${width - RIGHT} y1=${y(at)} y2=${y(at)} />`)}
    <polyline class="readings-way" points=${placed.map((r) => `${x(r.on)},${y(((r.low ?? 0) + (r.high ?? 0)) / 2)}`).join(" ")} />
    ${placed.map((r, n) => html`<${Dot} key=${n} reading=${r} x=${x(r.on)} low=${y(r.low ?? 0)} high=${y(r.high ?? 0)} />`)}
    <text class="axis" x=${LEFT} y=${HEIGHT - 8}>${onDay(new Date(began).toISOString())}</text>
    <text class="axis" x=${width - RIGHT} y=${HEIGHT - 8} text-anchor="end">Today</text>
  </svg>`;
}

/** The lines in words, above the drawing: within it they would lie over dots. @param {{lines: Level[]}} props */
const Key = ({ lines }) => html`<p class="level-key caption">${lines.map(({ name, words }) => html`<span key=${name}><svg width="20" height="8" aria-hidden="true"><line class=${`level ${name}`} x1="0" x2="20" y1="4" y2="4" /></svg> ${words}</span>`)}</p>`;

/** Heard is a full dot, written down an open one; what only we said is dashed. @param {{reading: Api.Reading, x: number, low: number, high: number}} props */
function Dot({ reading, x, low, high }) {
  const kind = reading.source.how === "heard" ? (reading.ours ? "ours" : "heard") : "noted";
  return html`<g class=${`reading-dot ${kind}`}><title>${`${reading.figure.text}, ${onDay(reading.on)}, ${originOf(reading)}`}</title>
    ${low !== high && html`<line x1=${x} x2=${x} y1=${low} y2=${high} />`}<circle cx=${x} cy=${(low + high) / 2} r="5" /></g>`;
}

/** @typedef {{name: string, words: string, at: number}} Level */

/** The baseline and the target as lines, with their words. @param {Api.MetricEntry} metric */
function levels({ scale, baseline, target }) {
  const lines = [];
  if (scale?.baseline != null && baseline) lines.push({ name: "baseline", words: `Baseline ${toldWords(baseline)}`, at: scale.baseline });
  if (scale?.target != null && target) lines.push({ name: "target", words: `Target ${toldWords(target)}`, at: scale.target });
  return lines;
}
