/** Is it getting better? A small drawing for the team and for each rep, all on the same scales. */
import { day, percent } from "../format.js";
import { html } from "../html.js";
import { ChartCard, Dot, Drawing, useWidth } from "./chart.js";
import { openSheet } from "./sheet.js";
import { criterionTitle, repName, rubricWords } from "./words.js";

const HEIGHT = 120;
const TOP = 8;
const BOTTOM = 100;
const LEFT = 44;
const RIGHT = 10;
const LEAST = 6;

/** @param {{trends: Api.Trend[], criterion: string|null}} props */
export function Trends({ trends, criterion }) {
  const what = criterion ? `the share of “${criterionTitle(criterion)}”` : "the share of its points";
  const times = trends.flatMap((trend) => trend.dots.map((dot) => Date.parse(dot.at)));
  const span = { from: Math.min(...times), to: Math.max(...times) };
  const changed = trends.some((trend) => trend.rubric_changes.length > 0);
  const note = `A dot per call: ${what}. The line is the median of the last five; under ${LEAST} calls there is none.${changed ? " Broken line: from there on another version of the rubric scored, and no median reaches over it." : ""}`;
  return html`<${ChartCard} question="Is it getting better?" note=${note} className="team-trends" table=${html`<${Table} trends=${trends} />`}>
    <div class="small-multiples">${trends.map((trend) => html`<${Small} key=${trend.rep ?? "team"} trend=${trend} span=${span} />`)}</div><//>`;
}

/** @param {{trend: Api.Trend, span: {from: number, to: number}}} props */
function Small({ trend, span }) {
  const { box, width } = useWidth();
  const left = trend.without_score ? `, ${trend.without_score} without` : "";
  return html`<figure><figcaption><b dir="auto">${repName(trend.rep)}</b> <span class="caption">n ${trend.n}${left}</span></figcaption>
    <div ref=${box} class="trend-box">${width > 0 && html`<${Lines} trend=${trend} span=${span} width=${width} />`}</div></figure>`;
}

/** @param {{trend: Api.Trend, span: {from: number, to: number}, width: number}} props */
function Lines({ trend, span, width }) {
  const scale = (width - LEFT - RIGHT) / Math.max(1, span.to - span.from);
  const x = (/** @type {Api.Dot} */ dot) => LEFT + (Date.parse(dot.at) - span.from) * scale;
  const y = (/** @type {number} */ share) => BOTTOM - share * (BOTTOM - TOP);
  const changes = trend.rubric_changes.map((n) => (x(trend.dots[n - 1]) + x(trend.dots[n])) / 2);
  return html`<${Drawing} label=${`${repName(trend.rep)}: ${trend.n} calls over time`} width=${width} height=${HEIGHT}>
    ${[0, 0.5, 1].map((share) => html`<g key=${share} class="axis"><line x1=${LEFT} x2=${width - RIGHT} y1=${y(share)} y2=${y(share)}></line><text x=${LEFT - 6} y=${y(share) + 4} text-anchor="end">${percent(share)}</text></g>`)}
    <g class="axis"><text x=${LEFT} y=${HEIGHT - 4}>${shortDay(span.from)}</text><text x=${width - RIGHT} y=${HEIGHT - 4} text-anchor="end">${shortDay(span.to)}</text></g>
    ${changes.map((at) => html`<line key=${at} class="rubric-change" x1=${at} x2=${at} y1=${TOP} y2=${BOTTOM}></line>`)}
    ${stretches(trend).map((dots) => html`<polyline key=${dots[0].call} class="median" points=${dots.map((dot) => `${x(dot)},${y(dot.median ?? 0)}`).join(" ")}></polyline>`)}
    ${trend.dots.map((dot, n) => html`<${Dot} key=${dot.call} x=${x(dot)} y=${y(dot.value)} first=${n === 0} words=${`${dot.title}, ${day(dot.at)}: ${percent(dot.value)}`} onOpen=${() => openCall(dot)} />`)}<//>`;
}

/** Dots with a median, one after the other. @param {Api.Trend} trend */
function stretches(trend) {
  /** @type {Api.Dot[][]} */
  const found = [];
  trend.dots.forEach((dot, n) => {
    if (dot.median === null) return;
    if (n > 0 && trend.dots[n - 1].median !== null && found.length) found[found.length - 1].push(dot);
    else found.push([dot]);
  });
  return found;
}

/** @param {Api.Dot} dot */
const openCall = (dot) => openSheet(dot.title, `${day(dot.at)}, ${percent(dot.value)}, scored by ${dot.rubric}`, { call: dot.call });

const shortDay = (/** @type {number} */ at) => new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short" });

/** @param {{trends: Api.Trend[]}} props */
function Table({ trends }) {
  return html`<table><thead><tr><th scope="col">Who</th><th scope="col">Call</th><th scope="col">Date</th><th scope="col">Share</th><th scope="col">Median of 5</th><th scope="col">Rubric</th></tr></thead>
    <tbody>${trends.filter((trend) => trend.rep !== null).flatMap((trend) => trend.dots.map((dot) => html`<tr key=${`${trend.rep} ${dot.call}`}><td dir="auto">${repName(trend.rep)}</td>
      <td><button type="button" class="button link" onClick=${() => openCall(dot)}><span dir="auto">${dot.title}</span></button></td><td>${day(dot.at)}</td><td>${percent(dot.value)}</td><td>${percent(dot.median)}</td><td>${rubricWords(dot.rubric)}</td></tr>`))}</tbody></table>`;
}
