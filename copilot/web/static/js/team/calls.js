/** The view of the calls: what to coach, who needs what, and how far to trust it. */
import { html, useEffect } from "../html.js";
import { Agreement } from "./agreement.js";
import { load, team, trouble } from "./data.js";
import { FilterBar } from "./filters.js";
import { HeatMap } from "./heat_map.js";
import { Pitfalls } from "./pitfalls.js";
import { Queue } from "./queue.js";
import { Sheet } from "./sheet.js";
import { TalkRatios } from "./talk_ratios.js";
import { Trends } from "./trends.js";

export function Calls() {
  useEffect(() => void load(), []);
  const shown = team.value;
  return html`<header class="team-head"><h1>Team</h1></header>
    ${trouble.value && html`<p class="problem banner" role="alert">${trouble.value} <button type="button" class="button" onClick=${load}>Try again</button></p>`}
    ${!shown && !trouble.value && html`<div class="waiting-blocks"><div class="block"></div><div class="block"></div><div class="block"></div><p class="slow">The server is slow to answer.</p></div>`}
    ${shown && html`${!isUnused(shown) && html`<${FilterBar} team=${shown} />`}
      ${shown.calls > 0 && html`<${Doubt} />`}
      ${shown.calls === 0 ? html`<${Nothing} team=${shown} />` : html`<div class="team-grid">
        <${Queue} queue=${shown.queue} /><${HeatMap} team=${shown} /><${Trends} trends=${shown.trends} criterion=${shown.filters.criterion} />
        <${TalkRatios} ratios=${shown.talk_ratios} /><${Pitfalls} bars=${shown.pitfalls} n=${shown.calls} /><${Agreement} agreement=${shown.agreement} /></div>`}
      <p class="caption team-notice">${shown.notice}</p>`}
    <${Sheet} />`;
}

/** What the figures cannot know. */
function Doubt() {
  return html`<div class="team-doubt"><p>The program misses about half of what is said, so a “not met” can be its miss and not the rep’s: open the quotes, and answer it yourself in the review.</p>
    <details><summary>How well it works</summary><p class="muted">Measured on labelled, made-up calls: it finds two next steps in three, three capabilities in five, a little over half of the outcomes, and under half of the metrics and pitfalls. Of what it finds three in five are right; of the pitfalls, four in five. docs/figures.md has every figure.</p></details></div>`;
}

/** Nothing was ever scored, so there is nothing to choose from either. @param {Api.Overview} team */
const isUnused = (team) => team.choices.kinds.length === 0;

/** @param {{team: Api.Overview}} props */
function Nothing({ team }) {
  if (!isUnused(team)) return html`<section class="card team-nothing"><p>No call fits these filters.</p><p class="muted">Take one of them off.</p></section>`;
  return html`<section class="card team-nothing"><p>No call of yours has been scored yet. Demos never count.</p>
    <p class="muted">A discovery, demo or review of value is scored when it is over. Calls that were held elsewhere come in as transcripts: <a href="/">upload them</a> with their kind. With five of a person there is something to compare.</p></section>`;
}
