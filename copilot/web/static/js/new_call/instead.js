/** Where this computer cannot be heard: what works all the same, and what would make it heard. */
import { DemoTrouble, playDemo } from "../demo.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Command } from "../stream_command.js";

/** @param {{able: import("../capture/support.js").Support, onWay: (way: string) => void}} props */
export function Instead({ able, onWay }) {
  return html`<section class="card way" aria-labelledby="instead"><p><b>${able.words}</b></p>
    <h2 id="instead">What works now</h2>
    <ul class="instead">
      <li><button type="button" class="button primary" onClick=${playDemo}><${Icon} name="play" />Play the demo call</button><p>A bundled call, played as if it were live, with the panel beside it.</p><${DemoTrouble} /></li>
      <li><button type="button" class="button" onClick=${() => onWay("upload")}><${Icon} name="upload" />Upload a transcript</button><p>Of a call that is over: its email, value map and scorecard are there in seconds.</p></li>
      <li><button type="button" class="button" onClick=${() => onWay("elsewhere")}>Send one from elsewhere</button><p>A program that has the words sends them while the call runs.</p></li>
    </ul>
    <h2>${able.command ? "With sound" : "To be heard here"}</h2>
    <p>${able.remedy}</p>
    ${able.command && html`<${Command} line=${able.command}>Where <code>make demo</code> set the program up, first <code>source .venv/bin/activate</code>. The first start fetches a model of 145 MB; <code>copilot models</code> lists others, <code>copilot doctor</code> says what is missing.<//>`}
  </section>`;
}
