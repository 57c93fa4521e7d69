/** What the charts share: a card with its question and its table, a measured width, and a walk through dots by keyboard. */
import { html, useEffect, useRef, useState } from "../html.js";

/** @param {{question: string, note?: any, className?: string, children?: any, table: any}} props */
export function ChartCard({ question, note, className = "", children, table }) {
  return html`<section class=${`card team-card ${className}`} aria-label=${question}><h2>${question}</h2>
    ${note && html`<p class="caption">${note}</p>`}${children}
    <details class="as-table"><summary>As a table</summary><div class="table-scroll">${table}</div></details></section>`;
}

/** The width of a box, in whole pixels; 0 before it is known. */
export function useWidth() {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return { box, width };
}

/** A drawing whose marks are one stop of the Tab key: arrows go from mark to mark, Enter opens one. @param {{label: string, width: number, height: number, children?: any}} props */
export function Drawing({ label, width, height, children }) {
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const drawing = /** @type {SVGElement} */ (event.currentTarget);
    const marks = /** @type {SVGElement[]} */ ([...drawing.querySelectorAll(".dot")]);
    const at = marks.findIndex((mark) => mark === drawing.ownerDocument.activeElement);
    /** @type {Record<string, number>} */
    const places = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 };
    const to = marks[places[event.key]];
    if (!(event.key in places)) return;
    event.preventDefault();
    to?.focus();
  };
  return html`<svg class="team-drawing" width=${width} height=${height} role="group" aria-label=${label} onKeyDown=${onKeyDown}>${children}</svg>`;
}

/** @param {{x: number, y: number, first: boolean, words: string, onOpen: () => void, className?: string}} props */
export function Dot({ x, y, first, words, onOpen, className = "" }) {
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onOpen();
  };
  return html`<g class=${`dot ${className}`} role="button" tabindex=${first ? 0 : -1} aria-label=${words} onClick=${onOpen} onKeyDown=${onKeyDown}>
    <title>${words}</title><circle class="dot-target" cx=${x} cy=${y} r="9"></circle><circle class="dot-mark" cx=${x} cy=${y} r="3.5"></circle></g>`;
}
