/** What became of every question, one row for each wording. Pure. */

/** @typedef {Exclude<Api.QuestionState, "pinned">} Fate */

/** From the most to the least worth reading about: a wording that met several ends stands under the first. @type {Fate[]} */
export const FATES = ["open", "asked", "answered", "dismissed"];
const AT = { open: "suggested", asked: "asked", answered: "answered", dismissed: "dismissed" };

/**
 * @typedef {{words: string, i: number}} Moment
 * @typedef {{id: string, stage: string, text: string, why: string, fate: Fate, moments: Moment[]}} QuestionRow
 */

/** @param {Api.State} state @returns {QuestionRow[]} in the order in which they were closed, then the open ones, best first */
export function questionRows(state) {
  /** @type {Map<string, QuestionRow>} */
  const rows = new Map();
  for (const q of [...state.closed_questions, ...state.questions]) {
    const fate = q.state === "pinned" ? "open" : q.state;
    const row = rows.get(q.text) ?? { id: q.id, stage: q.stage, text: q.text, why: q.why, fate, moments: [] };
    if (FATES.indexOf(fate) < FATES.indexOf(row.fate)) Object.assign(row, { fate, why: q.why });
    const { words, i } = moment(q, fate);
    if (!row.moments.some((m) => m.words === words && m.i === i)) row.moments.push({ words, i });
    rows.set(q.text, row);
  }
  return [...rows.values()];
}

/** Where its end is not known, when it was suggested is all there is to say. @param {Api.Question} q @param {Fate} fate @returns {Moment} */
function moment(q, fate) {
  return q.closed_at == null ? { words: AT.open, i: q.after } : { words: AT[fate], i: q.closed_at };
}
