/** A promise on its own scale: a tick for the baseline, a dot for where it stands, a ring for the target; what only our side claimed is dashed. Better is always to the right. */
import { html } from "../html.js";
import { toldWords } from "./words.js";

const WIDTH = 220;
const HEIGHT = 28;
const EDGE = 12;
const MIDDLE = HEIGHT / 2;

/** @param {{metric: Api.MetricEntry, words: string}} props `words`: where it stands, in words */
export function ScaleBar({ metric, words }) {
  const { scale, latest } = metric;
  const ends = latest && latest.low != null && latest.high != null ? [latest.low, latest.high] : null;
  const figures = [scale?.baseline, scale?.target, ...(ends ?? [])].filter((n) => n != null);
  const told = [metric.baseline && `baseline ${toldWords(metric.baseline)}`, latest && `latest ${latest.figure.text}`, metric.target && `target ${toldWords(metric.target)}`].filter(Boolean);
  const label = told.length ? `${words}: ${told.join(", ")}` : words;
  if (!scale || !figures.length) return html`<svg class="scale-bar" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label=${label}><line class="scale-missing" x1=${EDGE} x2=${WIDTH - EDGE} y1=${MIDDLE} y2=${MIDDLE} /></svg>`;
  const x = placing(figures, scale.direction === "down");
  const spot = ends ? ends.map(x) : [];
  return html`<svg class="scale-bar" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label=${label}>
    <title>${label}</title>
    <line class="scale-line" x1=${EDGE / 2} x2=${WIDTH - EDGE / 2} y1=${MIDDLE} y2=${MIDDLE} />
    ${scale.baseline != null && ends && metric.moved !== "claimed" && html`<line class=${`scale-way ${metric.moved}`} x1=${x(scale.baseline)} x2=${middle(spot)} y1=${MIDDLE} y2=${MIDDLE} />`}
    ${scale.baseline != null && html`<line class=${`scale-baseline ${claimed(metric.baseline)}`} x1=${x(scale.baseline)} x2=${x(scale.baseline)} y1=${MIDDLE - 9} y2=${MIDDLE + 9} />`}
    ${scale.target != null && html`<circle class=${`scale-target ${claimed(metric.target)}`} cx=${x(scale.target)} cy=${MIDDLE} r="8" />`}
    ${ends && ends[0] !== ends[1] && html`<line class="scale-range" x1=${spot[0]} x2=${spot[1]} y1=${MIDDLE} y2=${MIDDLE} />`}
    ${ends && html`<circle class=${`scale-reading ${metric.moved}`} cx=${middle(spot)} cy=${MIDDLE} r="4.5" />`}
  </svg>`;
}

/** @param {Api.Told|null} told */
const claimed = (told) => (told?.ours ? "claimed" : "");

/** @param {number[]} ends */
const middle = (ends) => (ends[0] + ends[1]) / 2;

/** @param {number[]} figures @param {boolean} downwards @returns {(figure: number) => number} */
function placing(figures, downwards) {
  const [least, most] = [Math.min(...figures), Math.max(...figures)];
  const span = most - least || Math.abs(most) || 1;
  return (figure) => {
    const share = most === least ? 0.5 : (figure - least) / span;
    return EDGE + (WIDTH - 2 * EDGE) * (downwards ? 1 - share : share);
  };
}
