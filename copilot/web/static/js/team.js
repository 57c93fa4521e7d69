/** The team's page: what many calls tell together. */
import { draw, html, signal } from "./html.js";
import { Toasts } from "./toasts.js";
import { VIEWS } from "./team/views.js";

const view = signal(new URLSearchParams(location.search).get("view") ?? "");
window.addEventListener("popstate", () => { view.value = new URLSearchParams(location.search).get("view") ?? ""; });

function Team() {
  const chosen = VIEWS.find(({ name }) => name === view.value) ?? VIEWS[0];
  const { View } = chosen;
  return html`<div class="team-content">
    ${VIEWS.length > 1 && html`<nav class="view-switch" aria-label="Views of the team">${VIEWS.map(({ name, words }) => html`<a key=${name} href=${name ? `/team?view=${name}` : "/team"}
      aria-current=${name === chosen.name ? "page" : null}>${words}</a>`)}</nav>`}
    <${View} /><${Toasts} /></div>`;
}

draw(Team);
