import { html } from "../html.js";
import { known } from "../store.js";
import { stateWords } from "../value_map.js";
import { restore } from "./map_actions.js";
import { Ring } from "./map_row.js";
import { Quotes } from "./quote.js";

/** What was rejected or withdrawn, each with its reason and the way back. @param {{entries: {item: Api.Item, type: Api.ItemType}[]}} props */
export function SetAside({ entries }) {
  if (!entries.length) return null;
  return html`<details class="set-aside"><summary>Set aside (${entries.length})</summary>
    <ul>${entries.map(({ item }) => html`<li key=${item.id}>
      <div class="row-line"><${Ring} item=${item} /><span class="row-text"><s class="words" dir="auto">${item.text}</s><span class="caption">${stateWords(item, known().utterances)}</span></span>
      <span class="id">${item.id}</span><button type="button" class="button" onClick=${() => restore(item.id)}>Restore</button></div>
      <details class="quotes-fold"><summary class="caption">Quotes</summary><${Quotes} evidence=${item.evidence} /></details></li>`)}</ul>
  </details>`;
}
