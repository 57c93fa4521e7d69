/** The settings page: what is in order, the playbook, what is kept, how the pages look. It tells; files and variables decide. */
import { draw, html, useEffect } from "./html.js";
import { loadPlaybook } from "./playbook.js";
import { Appearance } from "./settings/appearance.js";
import { Export } from "./settings/export.js";
import { Facts } from "./settings/facts.js";
import { Findings } from "./settings/findings.js";
import { load, settings, trouble } from "./settings/known.js";
import { PlaybookFiles } from "./settings/playbook_files.js";
import { Webhooks } from "./settings/webhooks.js";
import { Toasts } from "./toasts.js";

function App() {
  useEffect(() => {
    void load();
    void loadPlaybook("discovery");
  }, []);
  const waits = !settings.value && !trouble.value;
  return html`<div class="settings"><h1>Settings</h1>
    ${trouble.value && html`<p class="problem banner" role="alert">${trouble.value} <button type="button" class="button" onClick=${load}>Try again</button></p>`}
    ${waits && html`<div class="waiting-blocks"><div class="block"></div><div class="block"></div><p class="slow">The server is slow to answer.</p></div>`}
    <div class="settings-columns">
      <div class="settings-column"><${Findings} /><${PlaybookFiles} /><${Webhooks} /></div>
      <div class="settings-column"><${Appearance} /><${Facts} /><${Export} />
        ${settings.value && html`<p class="caption">Copilot ${settings.value.version} · <a href="/docs">API</a></p>`}</div>
    </div>
    <${Toasts} />
  </div>`;
}

draw(App);
