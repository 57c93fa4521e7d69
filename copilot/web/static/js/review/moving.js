/** What becomes of an account's notes if the call goes to another one. */
import { count } from "../format.js";
import { html, useEffect, useState } from "../html.js";
import { ask } from "../requests.js";
import { page } from "../store.js";

/** @type {Record<string, [string, string]>} */
const KINDS = {
  reading: ["reading", "readings"], amended: ["correction", "corrections"], merged: ["promise put together", "promises put together"],
  parted: ["promise taken apart", "promises taken apart"], sum: ["sum", "sums"], contract: ["contract", "contracts"],
  investment: ["payment", "payments"], milestone: ["milestone done", "milestones done"], goal: ["goal", "goals"],
};

/** @param {{from: string, to: string}} props the account that it has, and the one that is typed; "" for none */
export function Moving({ from, to }) {
  const [moving, setMoving] = useState(/** @type {Api.Moving|null} */ (null));
  const [failed, setFailed] = useState(false);
  useEffect(() => { void load(setMoving, () => setFailed(true)); }, []);
  if (failed) return html`<p class="caption">${inGeneral(from, to)}</p>`;
  if (!moving) return html`<p class="caption" role="status">Looking what goes along…</p>`;
  return html`<div class="caption moving" role="status">${told(moving, from, to).map((line) => html`<p key=${line} dir="auto">${line}</p>`)}</div>`;
}

/** @param {(moving: Api.Moving) => void} onLoaded @param {() => void} onFailed */
async function load(onLoaded, onFailed) {
  try {
    onLoaded(await ask(`/api/calls/${encodeURIComponent(page.call_id ?? "")}/moving`));
  } catch {
    onFailed();
  }
}

/** Pure. @param {Api.Moving} moving @param {string} from @param {string} to @returns {string[]} */
export function told(moving, from, to) {
  const goes = listed(moving.goes);
  const lines = [goesAlong(goes, from, to)];
  if (from) {
    const stays = listed(moving.stays);
    lines.push(stays ? `Stays with ${from}, since it is not about this call’s promises: ${stays}.` : `Nothing else is written down about ${from}.`);
    if (stays && !moving.calls_left) lines.push(`No other call is with ${from}: it stays in the list of accounts for these.`);
  }
  return lines;
}

/** @param {string} goes @param {string} from @param {string} to */
function goesAlong(goes, from, to) {
  if (!goes) return "Nothing is written down about this call’s promises, so nothing goes along but the call.";
  if (to) return `Goes along to ${to}, and counts there alone: ${goes}.`;
  return `Stays with ${from}, and counts nowhere until the call has an account: ${goes}.`;
}

/** @param {Api.Moving["goes"]} counted */
const listed = (counted) => Object.entries(counted).map(([kind, n]) => (kind === "contract" ? "the contract" : count(n ?? 0, ...KINDS[kind]))).join(", ");

/** Where the counts could not be had. @param {string} from @param {string} to */
const inGeneral = (from, to) => (to
  ? `What was written down about this call’s promises goes along, and counts for ${to}; contract, milestones, payments, goals and everything else${from ? ` of ${from}` : ""} stay.`
  : `What was written down about this call’s promises stays with ${from}, and counts nowhere until the call has an account.`);
