/** An account's page: what was promised to it, and what has become of that. */
import { draw, html, useEffect } from "./html.js";
import { Toasts } from "./toasts.js";
import { book, load, page, trouble } from "./accounts/book.js";
import { demoQuery } from "./accounts/demos.js";
import { PARTS } from "./accounts/parts.js";
import { count } from "./format.js";

function Account() {
  useEffect(() => {
    void load();
    const onVisible = () => { if (!document.hidden) void load(); };
    document.addEventListener("visibilitychange", onVisible);
    return () => document.removeEventListener("visibilitychange", onVisible);
  }, []);
  return html`<div class="account-content">
    <div class="account-head"><p class="caption"><a href=${`/accounts${demoQuery()}`}>Accounts</a> · <a href="/team?view=maturity">Maturity of our value work</a></p>
      <h1 dir="auto">${page.account}</h1><${Demos} /></div>
    ${trouble.value && html`<p class="problem banner" role="alert">${trouble.value} <button type="button" class="button" onClick=${load}>Try again</button></p>`}
    ${book.value ? html`<div class="account-grid">${PARTS.map(({ name, wide, Part }) => html`<div key=${name} class=${wide ? "wide-part" : "half-part"}><${Part} /></div>`)}</div>`
      : !trouble.value && html`<div class="waiting-blocks"><div class="block"></div><div class="block"></div><p class="slow">The server is slow to answer.</p></div>`}
    <${Toasts} />
  </div>`;
}

/** Whether bundled calls are among what is shown. */
function Demos() {
  const left = book.value?.demos_left_out ?? 0;
  if (page.demo) return html`<p class="caption"><span class="chip">Demo</span> Bundled calls count here. <a href=${demoQuery(false) || "?"}>Leave them out</a></p>`;
  return left > 0 && html`<p class="caption">${count(left, "demo call")} left out. <a href=${demoQuery(true) || "?"}>Count them in</a></p>`;
}

draw(Account);
