/** Which question stands in front, and for how long. Pure; times are milliseconds of one clock. */

const HOLD_MS = 8000;
const ASKED_SHOWN_MS = 2000;
export const LATE_MS = 15000;

/**
 * @typedef {object} Card
 * @property {Api.Question} question
 * @property {number} since when it came to the front
 * @property {number|null} askedAt when it was heard being asked, or null
 */

/**
 * The card that should stand now.
 * @param {Card|null} card the one that stands
 * @param {{questions: Api.Question[], closed: Api.Question[], putAway: Set<string>, attended: boolean, now: number, heardAsked: string|null}} seen
 *   `attended`: pointer or focus is on it; `heardAsked`: the id of a question just heard in the talk
 * @returns {Card|null}
 */
export function cardNow(card, { questions, closed, putAway, attended, now, heardAsked }) {
  const open = questions.filter((q) => !putAway.has(q.id));
  const pinned = open.find((q) => q.state === "pinned");
  if (card?.askedAt && now - card.askedAt < ASKED_SHOWN_MS) return card;
  if (card && !card.askedAt && !putAway.has(card.question.id)) {
    const same = questions.find((q) => q.id === card.question.id);
    if (heardAsked === card.question.id && !same) return { ...card, askedAt: now };
    const gone = closed.some((q) => q.id === card.question.id);
    const fresh = same ?? (gone ? undefined : open.find((q) => q.text === card.question.text)); // for another reason by now
    const held = attended || now - card.since < HOLD_MS;
    const pushedAside = pinned && pinned.id !== card.question.id;
    if (!gone && !pushedAside && (held || fresh?.state === "pinned")) return fresh ? { ...card, question: fresh } : card;
    if (fresh && fresh === open[0]) return { ...card, question: fresh };
  }
  const next = pinned ?? open[0];
  if (!next) return null;
  return next.id === card?.question.id ? { ...card, question: next, askedAt: null } : { question: next, since: now, askedAt: null };
}
