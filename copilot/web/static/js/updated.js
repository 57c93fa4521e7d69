/** Whether the server has other pages by now. None reloads by itself: what is typed in it would be gone. */
import { html, signal } from "./html.js";

/** Of the files that this page is made of; "" where they came without. */
const VERSION = /\/static\/([0-9a-f]{16})\//.exec(import.meta.url)?.[1] ?? "";
const outdated = signal(false);

/** Every answer names the pages that the server has. @param {Response} answer @returns {Response} the same */
export function noticed(answer) {
  const theirs = answer.headers.get("Copilot-Pages");
  if (VERSION && theirs && theirs !== VERSION) outdated.value = true;
  return answer;
}

/** Whether the server answers. */
export async function isThere() {
  try {
    return noticed(await fetch("/healthz", { signal: AbortSignal.timeout(3000), cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) void isThere(); });

export function Updated() {
  return outdated.value && html`<div class="toast updated"><span><b>Copilot was updated.</b> Reload this page when it suits you: what is typed and not saved stays until then.</span>
    <button type="button" class="button" onClick=${() => location.reload()}>Reload</button>
    <button type="button" class="button quiet" onClick=${() => { outdated.value = false; }}>Later</button></div>`;
}
