/** A metric's readings as a table: what, when, from where; what was noted by mistake is taken back. */
import { html } from "../html.js";
import { takeBack } from "./book.js";
import { momentOf, onDay, originOf } from "./words.js";

/** @param {{metric: Api.MetricEntry}} props */
export function ReadingsTable({ metric }) {
  const newest = [...metric.readings].reverse();
  return html`<div class="table-scroll"><table class="readings"><caption class="visually-hidden">Readings of ${metric.text}</caption>
    <thead><tr><th scope="col">Day</th><th scope="col">Figure</th><th scope="col">From</th><th scope="col"><span class="visually-hidden">Take back</span></th></tr></thead>
    <tbody>${newest.map((reading, n) => html`<tr key=${`${reading.note ?? reading.mention}-${n}`}>
      <td class="day">${onDay(reading.on)}</td><td class="figure" title=${reading.figure.text} dir="auto"><b>${reading.figure.text}</b>${reading.low == null && html` <span class="caption">not comparable</span>`}</td>
      <td dir="auto"><${Origin} reading=${reading} /></td>
      <td>${reading.note != null && html`<button type="button" class="button quiet" aria-label=${`Take back ${reading.figure.text} of ${onDay(reading.on)}`} onClick=${() => takeBack(reading.note ?? 0, "Taken back; it no longer counts.")}>Take back</button>`}</td></tr>`)}</tbody>
  </table></div>`;
}

/** @param {{reading: Api.Reading}} props */
function Origin({ reading }) {
  if (!reading.quote) return html`<span>${originOf(reading)}</span>`;
  return html`<span><q>${reading.quote.quote}</q> <a href=${momentOf(reading.quote)}>${reading.quote.speaker ?? "somebody"}</a>${reading.ours && html` <span class="caption">claimed by our side</span>`}</span>`;
}
