/** How do talk ratios spread? A strip per rep, a dot per call. */
import { count, day, percent } from "../format.js";
import { html } from "../html.js";
import { ChartCard, Dot, Drawing, useWidth } from "./chart.js";
import { openSheet } from "./sheet.js";
import { repName } from "./words.js";

const HEIGHT = 28;
const EDGE = 12;

/** @param {{ratios: Api.TalkRatios}} props */
export function TalkRatios({ ratios }) {
  const { strips, usual } = ratios;
  const note = html`The rep's share of the talk, a dot per call; the tick is the median, from five calls on.
    ${usual ? ` Shaded: usually ${range(usual)} (${usual.source}).` : " No usual range is known for this kind of call."}`;
  return html`<${ChartCard} question="How do talk ratios spread?" note=${note} className="team-talk" table=${html`<${Table} strips=${strips} />`}>
    <ul class="strips">${strips.map((strip) => html`<${StripRow} key=${strip.rep} strip=${strip} usual=${usual} />`)}<li class="strip strip-axis" aria-hidden="true"><span></span><span class="axis-words"><span>0 %</span><span>50 %</span><span>100 %</span></span></li></ul><//>`;
}

/** @param {Api.UsualTalk} usual */
function range({ low, high }) {
  if (low === null) return `up to ${percent(high)}`;
  return high === null ? `${percent(low)} or more` : `${percent(low)} to ${percent(high)}`;
}

/** @param {{strip: Api.Strip, usual: Api.UsualTalk|null}} props */
function StripRow({ strip, usual }) {
  const { box, width } = useWidth();
  const words = `n ${strip.n}${strip.too_short ? `, ${strip.too_short} too short` : ""}`;
  return html`<li class="strip"><span class="strip-name"><b dir="auto">${repName(strip.rep)}</b> <span class="caption">${words}${strip.median === null ? "" : `, median ${percent(strip.median)}`}</span></span>
    <div ref=${box} class="strip-box">${width > 0 && html`<${Line} strip=${strip} usual=${usual} width=${width} />`}</div></li>`;
}

/** @param {{strip: Api.Strip, usual: Api.UsualTalk|null, width: number}} props */
function Line({ strip, usual, width }) {
  const x = (/** @type {number} */ share) => EDGE + share * (width - 2 * EDGE);
  return html`<${Drawing} label=${`Talk ratios of ${repName(strip.rep)}, ${count(strip.n, "call")}`} width=${width} height=${HEIGHT}>
    ${usual && html`<rect class="usual" x=${x(usual.low ?? 0)} width=${x(usual.high ?? 1) - x(usual.low ?? 0)} y="2" height=${HEIGHT - 4}></rect>`}
    <line class="strip-line" x1=${x(0)} x2=${x(1)} y1=${HEIGHT / 2} y2=${HEIGHT / 2}></line>
    ${strip.median !== null && html`<line class="median-tick" x1=${x(strip.median)} x2=${x(strip.median)} y1="2" y2=${HEIGHT - 2}></line>`}
    ${strip.dots.map((dot, n) => html`<${Dot} key=${dot.call} x=${x(dot.talk_ratio)} y=${HEIGHT / 2} first=${n === 0} words=${`${dot.title}, ${day(dot.at)}: ${percent(dot.talk_ratio)}`} onOpen=${() => open(dot)} />`)}<//>`;
}

/** @param {Api.TalkDot} dot */
const open = (dot) => openSheet(dot.title, `${day(dot.at)}: the rep had ${percent(dot.talk_ratio)} of the talk`, { call: dot.call });

/** @param {{strips: Api.Strip[]}} props */
function Table({ strips }) {
  return html`<table><thead><tr><th scope="col">Rep</th><th scope="col">Call</th><th scope="col">Date</th><th scope="col">Talk ratio</th></tr></thead>
    <tbody>${strips.flatMap((strip) => strip.dots.map((dot) => html`<tr key=${`${strip.rep} ${dot.call}`}><td dir="auto">${repName(strip.rep)}</td><td><button type="button" class="button link" onClick=${() => open(dot)}><span dir="auto">${dot.title}</span></button></td><td>${day(dot.at)}</td><td>${percent(dot.talk_ratio)}</td></tr>`))}</tbody></table>`;
}
