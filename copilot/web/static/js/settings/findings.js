/** What was found of every part: a line each, what would mend or set it up, and a button for what has to be asked. */
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { toast } from "../toasts.js";
import { settings, tried, tryPart, trying } from "./known.js";

/** @type {Record<string, string>} */
const NAMES = { database: "Database", disk: "Disk", playbook: "Playbook", speech: "Speech model", LLM: "Language model", mail: "Mail" };
/** @type {Record<string, string>} */
const ASKS = { speech: "Has the model listen to a second of nothing", LLM: "Asks each model once; it may cost a fraction of a cent", mail: "Greets the server and signs in; sends nothing" };

export function Findings() {
  const known = settings.value;
  if (!known) return null;
  const lines = known.findings.flatMap((finding) => tried.value.get(finding.part) ?? [finding]);
  return html`<section class="card" aria-labelledby="installation"><h2 id="installation">Is everything in order?</h2>
    <ul class="findings">${lines.map((finding) => html`<${Line} key=${finding.part} finding=${finding} canBeTried=${known.can_be_tried.includes(finding.part)} />`)}</ul>
    <p class="caption">A setting goes into the environment of the server, or as <code>part.name</code> into <code>copilot.toml</code>, before it is started again.</p>
  </section>`;
}

/** @param {{finding: Api.Finding, canBeTried: boolean}} props */
function Line({ finding, canBeTried }) {
  const { part, works, says, setting } = finding;
  const busy = trying.value.has(part);
  return html`<li class=${`finding ${works === false ? "broken" : ""}`}>
    <${Sign} works=${works} />
    <p><b>${NAMES[part] ?? part}</b> <span class="finding-words">${says}</span></p>
    ${canBeTried && html`<button type="button" class="button" aria-disabled=${busy} title=${ASKS[part]} onClick=${() => tryPart(part)}>${busy ? "Asking…" : "Try it"}</button>`}
    ${works !== true && (setting || works === false) && html`<${Remedy} words=${setting ?? says} isSetting=${Boolean(setting)} />`}
  </li>`;
}

/** @type {Record<string, [string, string]>} */
const SIGNS = { true: ["✓", "In order"], false: ["✗", "Not in order"], null: ["–", "Not set up, or not tried"] };

/** @param {{works: boolean|null}} props */
function Sign({ works }) {
  const [sign, words] = SIGNS[String(works)];
  return html`<span class="sign" title=${words}><span aria-hidden="true">${sign}</span><span class="visually-hidden">${words}: </span></span>`;
}

/** What mends it, to copy. @param {{words: string, isSetting: boolean}} props */
function Remedy({ words, isSetting }) {
  const copy = async () => {
    await navigator.clipboard.writeText(words);
    toast("Copied.");
  };
  return html`<p class="remedy">${isSetting && html`<code class="command">${words}</code>`}
    ${navigator.clipboard && html`<button type="button" class="button" onClick=${copy}><${Icon} name="copy" />${isSetting ? "Copy" : "Copy what it says"}</button>`}</p>`;
}
