/** The body line by line: what each rests on, and how a line is put in. Pure. */

/** @typedef {import("./draft.js").Ground} Ground @typedef {import("./draft.js").Addition} Addition */

const LEAD = /^\s*(?:- |\d+\. )?/;

/** Whether a text is what a line tells, or quotes. @param {string} line @param {string} text */
function tells(line, text) {
  const rest = line.replace(LEAD, "");
  return rest === text || rest.startsWith(`${text} (`) || (/^[“„«]/.test(rest) && rest.includes(text));
}

/**
 * A text that somebody has changed has lost its ground.
 * @param {string[]} lines @param {Ground[]} grounds from the top
 * @returns {Map<number, Ground[]>} by line; each ground where its text stands first
 */
export function groundsByLine(lines, grounds) {
  /** @type {Map<number, Ground[]>} */
  const found = new Map();
  let from = 0;
  for (const ground of grounds) {
    const below = lines.findIndex((line, n) => n >= from && tells(line, ground.text));
    const at = below >= 0 ? below : lines.findIndex((line) => tells(line, ground.text));
    if (at < 0) continue;
    found.set(at, [...(found.get(at) ?? []), ground]);
    from = at;
  }
  return found;
}

/**
 * The body with an addition at the end of its section; a section that is not there yet comes where it belongs.
 * @param {string} body @param {Addition} addition @param {string[]} headings in their order @param {string[]} closing what the letter ends with
 */
export function withAddition(body, { heading, line }, headings, closing) {
  const lines = body.split("\n");
  const title = lines.findIndex((l) => l.trim() === heading);
  const later = title < 0 ? headings.slice(headings.indexOf(heading) + 1) : headings;
  const ends = lines.findIndex((l, n) => n > title && [...later, ...closing].includes(l.trim()));
  let at = ends < 0 ? lines.length : ends;
  while (at > 0 && lines[at - 1].trim() === "") at -= 1;
  const added = title < 0 ? ["", heading, "", ...line.split("\n")] : line.split("\n");
  if (lines[at]?.trim() !== "") added.push("");
  return [...lines.slice(0, at), ...added, ...lines.slice(at)].join("\n");
}

/** Whether every line of an addition stands in the body. @param {string} body @param {Addition} addition */
export const isAdded = (body, { line }) => `\n${body}\n`.includes(`\n${line}\n`);
