/** What became of every question, one row for each wording. Pure. */

/** From the most to the least worth reading about: a wording that met several ends stands under the first of these. */
export const FATES = ["open", "asked", "answered", "dismissed"];
const AT = { open: "suggested", asked: "asked", answered: "answered", dismissed: "dismissed" };

/**
 * @typedef {{words: string, i: number}} Moment
 * @typedef {{id: string, stage: string, text: string, why: string, fate: string, moments: Moment[]}} QuestionRow
 */

/** @param {any} state @returns {QuestionRow[]} in the order in which they were closed, then the open ones, best first */
export function questionRows(state) {
  const rows = new Map();
  const standing = state.questions.map((q) => ({ ...q, state: "open" }));
  for (const q of [...state.closed_questions, ...standing]) {
    const row = rows.get(q.text) ?? { id: q.id, stage: q.stage, text: q.text, why: q.why, fate: q.state, moments: [] };
    if (FATES.indexOf(q.state) < FATES.indexOf(row.fate)) Object.assign(row, { fate: q.state, why: q.why });
    const { words, i } = moment(q);
    if (!row.moments.some((m) => m.words === words && m.i === i)) row.moments.push({ words, i });
    rows.set(q.text, row);
  }
  return [...rows.values()];
}

/** Where its end is not known, when it was suggested is all there is to say. */
function moment(q) {
  return q.closed_at == null ? { words: AT.open, i: q.after } : { words: AT[q.state], i: q.closed_at };
}
