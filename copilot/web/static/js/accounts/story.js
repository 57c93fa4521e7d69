/** The IMPACT story of every outcome, told to whoever it is for; what nobody has told is an open slot. */
import { html, useState } from "../html.js";
import { Fact } from "./grounds.js";
import { report, wanted } from "./report.js";

export function ValueStory() {
  const shown = report.value;
  const [at, setAt] = useState(0);
  if (!shown) return null;
  const story = shown.stories[Math.min(at, shown.stories.length - 1)];
  return html`<section class="card value-story" aria-labelledby="story-title">
    <div class="card-head"><h2 id="story-title">How did it come about?</h2></div>
    <div class="story-choices"><label class="field">For<select value=${wanted.value.persona} onChange=${(/** @type {{currentTarget: HTMLSelectElement}} */ { currentTarget }) => { wanted.value = { ...wanted.value, persona: currentTarget.value }; }}>
        <option value="">everybody</option>${shown.personas.map((persona) => html`<option key=${persona.id} value=${persona.id}>${persona.title}: ${persona.focus.toLowerCase()}</option>`)}</select></label>
      ${shown.stories.length > 1 && html`<label class="field">Outcome<select value=${String(at)} onChange=${(/** @type {{currentTarget: HTMLSelectElement}} */ { currentTarget }) => setAt(Number(currentTarget.value))}>
        ${shown.stories.map((one, n) => html`<option key=${one.outcome} value=${String(n)}>${one.text}</option>`)}</select></label>`}</div>
    <p class="caption">The words go by whoever it is for; the figures do not.</p>
    ${story ? html`<h3 dir="auto">${story.text}</h3><ol class="story-parts">${story.parts.map((part) => html`<${Part} key=${part.id} part=${part} />`)}</ol>`
      : html`<p class="muted">A story begins with an outcome that the customer names on a call.</p>`}
    <details class="techniques"><summary>Ways to tell it</summary><ul>${shown.techniques.map((words) => html`<li key=${words}>${words}</li>`)}</ul></details>
  </section>`;
}

/** @param {{part: Api.StoryPart}} props */
function Part({ part }) {
  return html`<li class="story-part"><span class="letter" aria-hidden="true">${part.letter}</span><div><h4>${part.title}</h4>
    ${part.statements.map((statement, n) => html`<p key=${n}><${Fact} statement=${statement} /></p>`)}
    ${part.open.map((open, n) => html`<div key=${`open-${n}`} class="open-slot"><p>${open.what}${open.ask && html` <b>Ask: “${open.ask}”</b>`}</p>
      ${open.answers.length > 0 && html`<details><summary>“We can’t measure that”</summary><ul>${open.answers.map((answer) => html`<li key=${answer.objection}>“${answer.objection}” ${answer.strategy} <b>“${answer.say}”</b></li>`)}</ul></details>`}</div>`)}
  </div></li>`;
}
