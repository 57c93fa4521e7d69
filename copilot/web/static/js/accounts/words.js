/** How an account's facts are worded. */

/** @param {string|null|undefined} iso a day without a time @returns {string} "14 May 2026", or "" */
export function onDay(iso) {
  if (!iso) return "";
  return new Date(`${iso.slice(0, 10)}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

/** The same as a number on a time axis. @param {string} iso */
export const timeOf = (iso) => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);

/** @param {string} words */
export const capital = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** Where a figure is from, in words. @param {Api.Reading} reading */
export function originOf({ source, by }) {
  if (source.how === "heard") return "heard on a call";
  const from = source.origin ? `: ${source.origin}` : "";
  if (source.how === "imported") return `imported from ${source.file}, line ${source.line}${from}`;
  return `typed${by ? ` by ${by}` : ""}${from}`;
}

/** The address of the words in their call. @param {{call: string, utterance: number}} quote */
export const momentOf = ({ call, utterance }) => `/calls/${encodeURIComponent(call)}?u=${utterance}`;

export const MILESTONE_WORDS = { ahead: "Ahead", due: "Due", overdue: "Overdue", done: "Done", undated: "No date yet" };

/** A figure of a promise as it was told, with whose it is where only our side told it. @param {Api.Told} told */
export const toldWords = (told) => (told.ours ? `${told.text} (claimed by our side)` : told.text);
