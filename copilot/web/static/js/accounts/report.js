/** The account's value report as the server makes it, for whoever it is worded for. */
import { batch, effect, signal, wordsOf } from "../html.js";
import { ask } from "../requests.js";
import { addressOf, book } from "./book.js";

/** @typedef {{persona: string, quarter: string, since: string, calculated: boolean}} Wanted */

export const wanted = signal(/** @type {Wanted} */ ({ persona: "", quarter: "", since: "", calculated: false }));
export const report = signal(/** @type {Api.ReportView|null} */ (null));
export const reportTrouble = signal("");
let latest = 0;

/** @returns {Record<string, string>} what is asked for, as the address has it */
export function query() {
  const { persona, quarter, since, calculated } = wanted.value;
  const all = { persona, quarter, since, calculated: calculated ? "true" : "" };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
}

async function load() {
  const mine = ++latest;
  try {
    const answer = await ask(addressOf("/report", query()));
    if (mine === latest) batch(() => { report.value = answer; reportTrouble.value = ""; });
  } catch (error) {
    if (mine === latest) reportTrouble.value = `The report could not be made: ${wordsOf(error)}.`;
  }
}

/** Anew whenever the ledger or what is asked for changes; ends with the page. */
effect(() => {
  if (book.value && wanted.value) void load();
});
