/** The timeline, drawn: lanes, marks, stage ribbon on one axis; a click or a key scrolls the transcript. */
import { clock } from "../format.js";
import { computed, html, useEffect, useRef, useState } from "../html.js";
import { pitfallRule, stage } from "../playbook.js";
import { known, playbook, state } from "../store.js";
import { canPlay, position, seek } from "../sound/sound.js";
import { showUtterance } from "../ui.js";
import { timeline } from "./timeline_model.js";

const LANE = 18;
const LABEL = 104;
const MARKS = 24;
const RIBBON = 24;
const AXIS = 18;
const GAP = 6;
const CODE_FROM = 24;
const NAME_FROM = 80;
const APART = 13;
const EDGE = 6;
const LETTERS = { outcome: "O", capability: "C", metric: "M", question: "?", pitfall: "▲" };
/** @typedef {import("./timeline_model.js").Timeline} Line @typedef {import("./timeline_model.js").Mark} Mark */

/** @type {[Mark["kind"], string][]} */
const MEANINGS = [["pitfall", "pitfall"], ["outcome", "outcome"], ["capability", "capability"], ["metric", "metric, each where first heard"], ["question", "suggested question that was asked"]];
const WORDS = { outcome: "Outcome", capability: "Capability", metric: "Metric", question: "Asked", pitfall: "Pitfall" };

const model = computed(() => (state.value && playbook.value ? timeline(state.value, (kind) => pitfallRule(kind).title) : null));

export function Timeline() {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  const [width, setWidth] = useState(0);
  const [at, setAt] = useState(0);
  const [over, setOver] = useState("");
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const line = model.value;
  const go = (/** @type {number} */ to) => {
    if (!line) return;
    const place = Math.max(0, Math.min(line.end, to));
    if (!line.timed || !canPlay.value) setAt(place);
    const span = line.lanes.flatMap((l) => l.spans).toSorted((a, b) => a.from - b.from).findLast((s) => s.from <= place);
    if (span) showUtterance(span.i, { play: false });
    if (line.timed && canPlay.value) seek(place);
  };
  const stands = line?.timed && canPlay.value ? Math.min(position.value, line.end) : at;
  return html`<section class="timeline card" aria-label="Timeline">
    <h2>Who spoke when, about what, what went wrong?</h2>
    <div ref=${box} class="timeline-box">${line && width > 0 && html`<${Drawing} line=${line} width=${width} at=${stands} go=${go} setOver=${setOver} />`}</div>
    <p class="caption timeline-legend">${MEANINGS.map(([kind, words]) => html`<span key=${kind}><b class=${`legend-${kind}`} aria-hidden="true">${LETTERS[kind]}</b> ${words}</span>`)}</p>
    ${line && line.unheard.length > 0 && html`<p class="caption">Hatched: ${line.unheard.map((gap) => `${gap.words} from ${clock(gap.from)}`).join("; ")}.</p>`}
    <p class="caption timeline-over" dir="auto">${over || (line ? "Point at a mark for its words; click to go there." : " ")}</p>
    ${line && html`<${AsTable} line=${line} />`}
  </section>`;
}

const quoted = (/** @type {Mark} */ { quote }) => (quote ? `“${quote}”` : "");

const when = (/** @type {Line} */ line, /** @type {number} */ x) => (line.timed ? clock(x) : `utterance ${Math.floor(x) + 1}`);

/** @param {Line} line @param {Mark} mark */
const markWords = (line, mark) => `${when(line, mark.at)} ${WORDS[mark.kind]}: ${mark.label} ${quoted(mark)}`;

/** Where the slider stands, and what is marked there. @param {Line} line @param {number} at */
function valueWords(line, at) {
  const marks = line.marks.filter((m) => m.at === at).map((m) => `${WORDS[m.kind]}: ${m.label}`);
  return [when(line, at), ...marks].join(", ");
}

/** @param {{line: Line, width: number, at: number, go: (to: number) => void, setOver: (words: string) => void}} props */
function Drawing({ line, width, at, go, setOver }) {
  const label = width < 560 ? 64 : LABEL;
  const scale = (width - label) / line.end;
  const x = (/** @type {number} */ value) => label + value * scale;
  const marksY = line.lanes.length * LANE + GAP;
  const ribbonY = marksY + MARKS + GAP;
  const axisY = ribbonY + RIBBON + 2;
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const marks = line.marks.map((m) => m.at);
    const step = line.timed ? 5 : 1;
    /** @type {Record<string, () => number>} */
    const places = {
      ArrowRight: () => at + step, ArrowLeft: () => at - step, Home: () => 0, End: () => line.end,
      PageDown: () => marks.find((m) => m > at) ?? line.end, PageUp: () => marks.findLast((m) => m < at) ?? 0,
    };
    const to = places[event.key];
    if (!to) return;
    event.preventDefault();
    const place = Math.max(0, Math.min(line.end, to()));
    const mark = line.marks.find((m) => m.at === place);
    setOver(mark ? markWords(line, mark) : "");
    go(place);
  };
  const onClick = (/** @type {MouseEvent & {currentTarget: Element}} */ event) => {
    const place = event.clientX - event.currentTarget.getBoundingClientRect().left - label;
    if (place >= 0) go(place / scale);
  };
  return html`<svg class="timeline-drawing" width=${width} height=${axisY + AXIS} tabindex="0" role="slider" aria-label="Place in the call" aria-valuemin="0" aria-valuemax=${Math.round(line.end)}
      aria-valuenow=${Math.round(at)} aria-valuetext=${valueWords(line, at)} onKeyDown=${onKeyDown} onClick=${onClick} onPointerLeave=${() => setOver("")}>
    ${line.lanes.map((lane, n) => html`<${Lane} key=${`${lane.role}${lane.name}`} lane=${lane} y=${n * LANE} x=${x} label=${label} setOver=${setOver} />`)}
    ${line.unheard.length > 0 && html`<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6 6 0"></path></pattern>`}
    ${line.unheard.map((gap) => html`<rect key=${gap.from} class="unheard" fill="url(#hatch)" x=${x(gap.from)} y="0" width=${Math.max(2, x(gap.to) - x(gap.from))} height=${marksY - GAP} onPointerEnter=${() => setOver(`${when(line, gap.from)} ${gap.words}`)}><title>${gap.words}</title></rect>`)}
    <text class="lane-name" x="0" y=${marksY + 16}>Marks</text>
    ${placed(line.marks, x, width).map(({ mark, left }) => html`<g key=${`${mark.kind}${mark.i}${mark.label}`} class=${`mark ${mark.kind}`} transform=${`translate(${left} ${marksY})`} onPointerEnter=${() => setOver(markWords(line, mark))}>
      <rect class="hit" x="-9" y="0" width="18" height=${MARKS}></rect><text x="0" y="16" text-anchor="middle">${LETTERS[mark.kind]}</text><title>${`${WORDS[mark.kind]}: ${mark.label}`}</title></g>`)}
    <text class="lane-name" x="0" y=${ribbonY + 16}>Stages</text>
    ${line.stages.map((block) => html`<${Block} key=${block.i} block=${block} x=${x} y=${ribbonY} setOver=${setOver} line=${line} />`)}
    <${Axis} line=${line} x=${x} y=${axisY} width=${width} />
    <line class="playhead" x1=${x(at)} x2=${x(at)} y1="0" y2=${axisY}></line>
  </svg>`;
}

/** @param {{lane: Line["lanes"][number], y: number, x: (value: number) => number, label: number, setOver: (words: string) => void}} props */
function Lane({ lane, y, x, label, setOver }) {
  return html`<g class=${`lane ${lane.role}`}>
    <text class="lane-name" x="0" y=${y + 13}>${lane.name.length > label / 8 ? `${lane.name.slice(0, Math.floor(label / 8) - 1)}…` : lane.name}</text>
    ${lane.spans.map((s) => html`<rect key=${s.i} x=${x(s.from)} y=${y + 3} width=${Math.max(1.5, x(s.to) - x(s.from))} height=${LANE - 6} onPointerEnter=${() => setOver(`${lane.name}: “${known().utterances[s.i].text}”`)}></rect>`)}
  </g>`;
}

/** Marks keep a little apart, so that each can be read and hit, and inside the drawing. @param {Mark[]} marks @param {(value: number) => number} x @param {number} width */
function placed(marks, x, width) {
  const apart = Math.min(APART, (width - x(0) - 2 * EDGE) / Math.max(1, marks.length - 1));
  /** @type {number[]} */
  const lefts = [];
  for (const mark of marks) lefts.push(Math.max(x(mark.at) + EDGE, (lefts.at(-1) ?? -Infinity) + apart));
  for (let n = lefts.length - 1, right = width - EDGE; n >= 0; n -= 1, right -= apart) lefts[n] = Math.min(lefts[n], right);
  return marks.map((mark, n) => ({ mark, left: lefts[n] }));
}

/** @param {{block: Line["stages"][number], x: (value: number) => number, y: number, setOver: (words: string) => void, line: Line}} props */
function Block({ block, x, y, setOver, line }) {
  const width = Math.max(1, x(block.to) - x(block.from) - 1);
  const { code, short, title, slot } = stage(block.stage);
  const over = () => setOver(`${when(line, block.from)} ${title}`);
  if (block.stage === "other") return html`<rect class="stage-line" x=${x(block.from)} y=${y + RIBBON / 2 - 1} width=${width} height="2" onPointerEnter=${over}></rect>`;
  const words = width >= NAME_FROM ? short : width >= CODE_FROM ? code : "";
  return html`<g data-slot=${slot} onPointerEnter=${over}><rect class="stage-block" x=${x(block.from)} y=${y} width=${width} height=${RIBBON}></rect>
    ${words && html`<text class="stage-words" x=${x(block.from) + 5} y=${y + 16}>${words}</text>`}<title>${title}</title></g>`;
}

/** @param {{line: Line, x: (value: number) => number, y: number, width: number}} props */
function Axis({ line, x, y, width }) {
  const most = Math.max(2, Math.floor(width / 90));
  const steps = line.timed ? [15, 30, 60, 120, 300, 600, 900, 1800] : [1, 2, 5, 10, 20, 50, 100, 200, 500];
  const step = steps.find((s) => line.end / s <= most) ?? 3600;
  const ticks = Array.from({ length: Math.floor(line.end / step) + 1 }, (_, n) => n * step).filter((t) => x(t) < width - 24);
  return html`<g class="axis">${ticks.map((t) => html`<text key=${t} x=${x(t)} y=${y + 14}>${line.timed ? clock(t) : t + 1}</text>`)}</g>`;
}

/** @param {{line: Line}} props */
function AsTable({ line }) {
  return html`<details class="as-table"><summary>As a table</summary><div class="table-scroll"><table>
    <thead><tr><th scope="col">${line.timed ? "Time" : "Utterance"}</th><th scope="col">What</th><th scope="col">Quote</th></tr></thead>
    <tbody>${line.marks.map((m) => html`<tr key=${`${m.kind}${m.i}${m.label}`}><td><button type="button" class="button link" onClick=${() => showUtterance(m.i)}>${line.timed ? clock(m.at) : m.i + 1}</button></td>
      <td dir="auto">${WORDS[m.kind]}: ${m.label}</td><td dir="auto">${quoted(m)}</td></tr>`)}</tbody></table></div></details>`;
}
