/** The bundled call, played as if it were live. */
import { html, signal } from "./html.js";

const trouble = signal("");

export async function playDemo() {
  trouble.value = "";
  try {
    const answer = await fetch("/api/demo", { method: "POST" });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.error?.message ?? `the server answered ${answer.status}`);
    location.assign(body.url);
  } catch (error) {
    trouble.value = `The demo did not start: ${error instanceof Error ? error.message : error}.`;
  }
}

export const DemoTrouble = () => trouble.value && html`<p class="problem" role="alert">${trouble.value}</p>`;
