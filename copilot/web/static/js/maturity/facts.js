/** Beside a dimension: where it stands and by what that is seen, what was placed before, and what calls show. */
import { day } from "../format.js";
import { html, useState } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { PlaceForm } from "./place_form.js";

/** @param {{line: Api.MaturityDimension}} props */
export function Facts({ line }) {
  return html`<div class="dimension-facts">
    ${line.standing ? html`<${Placed} placing=${line.standing} />` : html`<p class="caption">Not assessed.</p>`}
    <div class="form-buttons">${line.history.length > (line.standing ? 1 : 0) && html`<${Popover} className="button link" label=${`History of ${line.short}`} button=${`History ${line.history.length}`}>
        <ol class="placed-before">${[...line.history].reverse().map((placing) => html`<li key=${placing.note}><b>${placing.level ?? "Not assessed"}</b><${Placed} placing=${placing} /></li>`)}</ol><//>`}
      ${line.proposal && html`<${Popover} className="button link proposal" label=${`What calls show of ${line.short}`} button=${html`<${Icon} name="calculated" />${line.proposal.level ? `Calls speak for ${line.proposal.level}` : "What calls show"}`}>
        ${(/** @type {() => void} */ close) => html`<${Proposal} line=${line} proposal=${line.proposal} close=${close} />`}<//>`}</div></div>`;
}

/** @param {{placing: Api.Placing}} props */
function Placed({ placing }) {
  const { said } = placing;
  return html`<div class="placed">
    ${placing.why && html`<p class="placed-why" dir="auto"><${Icon} name="typed" label="Typed" /> ${placing.why}</p>`}
    ${said && html`<div class="quote"><span class="quote-mark"><${Icon} name="said" label="Said" /></span><blockquote dir="auto"><a href=${`/calls/${encodeURIComponent(said.call)}?u=${said.utterance}`}>“${said.quote}”</a></blockquote></div>`}
    <p class="caption"><span dir="auto">${placing.by}</span>, ${day(placing.on)}</p></div>`;
}

/** @param {{line: Api.MaturityDimension, proposal: Api.MaturityProposal, close: () => void}} props */
function Proposal({ line, proposal, close }) {
  const [placing, setPlacing] = useState(false);
  const { level } = proposal;
  if (placing) return html`<${PlaceForm} line=${line} level=${level} note=${proposal.figures.join(" ")} done=${close} />`;
  return html`<div class="proposal-content"><h2>${level ? `Calls speak for ${level}` : "Calls speak for no level by themselves"}</h2>
    ${proposal.figures.map((figure) => html`<p key=${figure}>${figure}</p>`)}
    <p class="caption">${proposal.rule}</p>
    ${proposal.calls.length > 0 && html`<p class="caption">Among them: ${proposal.calls.map((call, i) => html`${i > 0 && ", "}<a key=${call.id} href=${`/calls/${encodeURIComponent(call.id)}`} dir="auto">${call.title}</a>`)}.</p>`}
    ${level && html`<p class="caption">It places nothing by itself.</p><div class="form-buttons"><button type="button" class="button" onClick=${() => setPlacing(true)}>Place at ${level} …</button></div>`}</div>`;
}
