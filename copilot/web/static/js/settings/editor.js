/** One part of the playbook as text: changed here or taken from a file, checked by the server, tried on a call, saved by hand. */
import { ask } from "../ask.js";
import { html, signal, useLayoutEffect, useRef, wordsOf } from "../html.js";
import { Icon } from "../icons.js";
import { download } from "../download.js";
import { settings } from "./known.js";
import { Preview, forgetPreview } from "./preview.js";

/** @typedef {{file: Api.RubricFile, before: string, text: string}} Open */

export const open = signal(/** @type {Open|null} */ (null));
/** What the server said of the text as it stands; null where it has not been asked. */
const verdict = signal(/** @type {{right: boolean, words: string}|null} */ (null));
const checking = signal(false);

/** @param {Api.RubricFile} file */
export async function openPart(file) {
  if (open.value?.file.part === file.part) return close();
  try {
    const { text } = /** @type {{text: string}} */ (await ask(`/api/settings/playbook/${file.part}`));
    open.value = { file, before: text, text };
    forget();
  } catch (error) {
    verdict.value = { right: false, words: wordsOf(error) };
  }
}

function close() {
  open.value = null;
  forget();
}

function forget() {
  verdict.value = null;
  forgetPreview();
}

/** @param {string} text */
function change(text) {
  if (!open.value) return;
  open.value = { ...open.value, text };
  forget();
}

/** @returns {Promise<boolean>} whether the playbook would be in order with the text as it stands */
export async function check() {
  if (!open.value || checking.value) return false;
  const { file, text } = open.value;
  checking.value = true;
  try {
    const found = /** @type {{version: number, stages: string[]}} */ (await ask(`/api/settings/playbook/${file.part}/check`, { text }));
    verdict.value = { right: true, words: `In order: version ${found.version}.${found.version > file.version ? "" : ` Raise “version” above ${file.version} before it is used, so that scorecards can name it.`}` };
    return true;
  } catch (error) {
    verdict.value = { right: false, words: `${wordsOf(error)}.` };
    return false;
  } finally {
    checking.value = false;
  }
}

function chooseFile() {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".yaml,.yml";
  input.onchange = async () => {
    const chosen = input.files?.[0];
    if (chosen) change(await chosen.text());
  };
  input.click();
}

/** @param {{title: string}} props */
export function Editor({ title }) {
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const part = open.value?.file.part;
  useLayoutEffect(() => field.current?.focus(), [part]);
  if (!open.value) return verdict.value && html`<p class="problem" role="alert">${verdict.value.words}</p>`;
  const { file, text, before } = open.value;
  const changed = text !== before;
  return html`<div class="editor">
    <div class="editor-head"><h3>${title}</h3><span class="caption path">${file.file}</span></div>
    <label class="visually-hidden" for="part-text">Text of ${title}</label>
    <textarea id="part-text" ref=${field} class="part-text" rows="18" spellcheck="false" wrap="off" value=${text}
      onInput=${(/** @type {{currentTarget: HTMLTextAreaElement}} */ event) => change(event.currentTarget.value)}></textarea>
    <div role="status">${verdict.value && html`<p class=${verdict.value.right ? "right" : "problem"}>${verdict.value.right ? "✓ " : "✗ "}${verdict.value.words}</p>`}</div>
    <div class="form-buttons">
      <button type="button" class="button primary" aria-disabled=${checking.value} onClick=${check}>${checking.value ? "Checking…" : "Check"}</button>
      <button type="button" class="button" onClick=${chooseFile}><${Icon} name="upload" />Take a file</button>
      ${changed && html`<button type="button" class="button" onClick=${() => download(`${file.part}.yaml`, new Blob([text], { type: "application/yaml" }))}><${Icon} name="download" />Download</button>
        <button type="button" class="button quiet" onClick=${() => change(before)}>Undo the changes</button>`}
      <button type="button" class="button quiet" onClick=${close}>Close</button>
    </div>
    <p class="caption">${whereTo(file)}</p>
    ${changed && html`<${Preview} part=${file.part} text=${text} isRight=${check} />`}
  </div>`;
}

/** @param {{part: string, version: number}} file */
function whereTo({ part, version }) {
  const folder = settings.value?.facts.rubrics;
  return `Nothing is changed here. To use a changed part, raise its version, save it as ${folder ?? "FOLDER"}/${part}/v${version + 1}.yaml (the number is its version)${folder ? "" : ", set COPILOT_RUBRICS=FOLDER"}, and start the server again.`;
}
