/** The view of the maturity map: how far our own value work has come, and what comes next. */
import { html, useEffect } from "../html.js";
import { Icon } from "../icons.js";
import { load, map, pointsAsked, trouble } from "./data.js";
import { Grid } from "./grid.js";
import { Plan } from "./plan.js";
import { Progress } from "./progress.js";

export function Maturity() {
  useEffect(() => void load(), []);
  const shown = map.value;
  return html`<header class="team-head"><h1>Maturity of our value work</h1></header>
    ${trouble.value && html`<p class="problem banner" role="alert">${trouble.value} <button type="button" class="button" onClick=${load}>Try again</button></p>`}
    ${!shown && !trouble.value && html`<div class="waiting-blocks"><div class="block"></div><div class="block"></div><div class="block"></div><p class="slow">The server is slow to answer.</p></div>`}
    ${shown && html`<${Summary} map=${shown} />
      <div class="maturity-parts"><${Grid} map=${shown} /><div class="maturity-beside"><${Plan} map=${shown} /><${Progress} map=${shown} /></div></div>`}`;
}

/** @param {{map: Api.MaturityMap}} props */
function Summary({ map }) {
  const { says, counts } = map.summary;
  const levels = map.levels.filter(({ numeral }) => counts[numeral]);
  return html`<section class="card maturity-summary" aria-label="Summary"><div><p class="maturity-says">${says}</p>
      <p class="caption">${levels.length ? `Dimensions at ${levels.map(({ numeral, name }) => `${numeral} ${name}: ${counts[numeral]}`).join(" · ")}. There is no average.` : "People place each dimension at the level that fits, with a note or a quote; calls only speak for one."}</p></div>
    <div class="form-buttons">${[["CSV", "/api/maturity.csv", "csv"], ["Markdown", `/api/maturity.md${pointsAsked()}`, "md"], ["JSON", "/api/maturity?download=true", "json"]].map(([words, address, ending]) => html`<a key=${words} class="button" href=${address} download=${`maturity.${ending}`}><${Icon} name="download" />${words}</a>`)}</div></section>`;
}
