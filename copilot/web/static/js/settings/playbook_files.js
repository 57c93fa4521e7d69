/** The playbook in use, part by part. A part can be opened, changed, checked, and tried on a call; nothing is written. */
import { html } from "../html.js";
import { settings } from "./known.js";
import { Editor, open, openPart } from "./editor.js";

/** @type {Record<string, string>} */
const NAMES = {
  value_conversation: "Value conversation", company: "Company", stage_cues: "Cues of stages", gaps: "Gaps and questions", pitfalls: "Pitfalls", talk_stats: "Usual ranges",
  vocabulary: "Vocabulary", value_blueprint: "Value blueprint", value_demonstration: "Value demonstration",
};

/** @param {string} part */
const nameOf = (part) => NAMES[part] ?? part;

export function PlaybookFiles() {
  const known = settings.value;
  if (!known) return null;
  const own = known.facts.rubrics;
  return html`<section class="card" aria-labelledby="playbook"><h2 id="playbook">Playbook in use</h2>
    <p class="muted">${known.playbook.version}, ${own ? html`with parts of your own from <code>${own}</code>` : "as it came with the program"}.</p>
    <div class="table-scroll"><table class="parts">
      <thead><tr><th scope="col">Part</th><th scope="col">Version</th><th scope="col">File</th><th scope="col"><span class="visually-hidden">Open</span></th></tr></thead>
      <tbody>${known.playbook.files.map((file) => html`<tr key=${file.part}>
        <th scope="row">${nameOf(file.part)}</th><td class="number">${file.version}</td>
        <td class="path">${file.is_own ? file.file : html`<span class="chip">bundled</span> ${shortened(file.file)}`}</td>
        <td><button type="button" class="button" aria-label=${`Open ${nameOf(file.part)}`} aria-expanded=${open.value?.file.part === file.part} onClick=${() => openPart(file)}>Open</button></td></tr>`)}</tbody>
    </table></div>
    <p class="muted">Scorecards: ${Object.values(known.playbook.scorecards).map((name, n) => html`${n > 0 && ", "}<code>${name}</code>`)}.</p>
    <p class="caption">${scorecardWords(known)}</p>
    <${Editor} title=${nameOf(open.value?.file.part ?? "")} />
  </section>`;
}

/** Scorecards are one file for each kind of call, without older versions beside it. @param {Api.Settings} known */
function scorecardWords({ facts, playbook }) {
  const bundled = playbook.files.find((file) => !file.is_own)?.file.split(/[\\/]/).slice(0, -2).join("/");
  const folder = facts.rubrics ?? "FOLDER";
  return html`To change one, copy its file${bundled && html` from <code class="path">${bundled}/scorecards</code>`} to <code class="path">${folder}/scorecards</code>, raise the <code>version</code> in it${!facts.rubrics && html`, set <code>COPILOT_RUBRICS=FOLDER</code>`}, and start the server again.`;
}

/** The part's folder and its file. @param {string} file */
const shortened = (file) => file.split(/[\\/]/).slice(-2).join("/");
