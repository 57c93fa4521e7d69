/** Figures and times in words. Unknown is "—", never 0. */

/** @param {number|null|undefined} seconds @returns {string} "12:04", "1:02:03" or "—" */
export function clock(seconds) {
  if (seconds == null || Number.isNaN(seconds)) return "—";
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** @param {number|null|undefined} share in [0, 1] */
export const percent = (share) => (share == null ? "—" : `${Math.round(share * 100)}\u00a0%`);

/** @param {number} n @param {string} one @param {string} [many] */
export const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** @param {Date} date @returns {string} "12:03:41", in the reader's time zone */
export const timeOfDay = (date) => date.toLocaleTimeString("en-GB");

/** A day without a time is the same one everywhere. @param {string|null|undefined} iso @returns {string} "14 May 2026", or "" */
export function day(iso) {
  if (!iso) return "";
  const zone = iso.includes("T") ? {} : { timeZone: "UTC" };
  return new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", ...zone });
}

/** @param {number|null|undefined} seconds @returns {string} "38 min", "52 s" or "" */
export function length(seconds) {
  if (seconds == null) return "";
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/** The last words of a text, at most `most` characters. @param {string} text @param {number} most */
export function ending(text, most) {
  if (text.length <= most) return text;
  const cut = text.slice(text.length - most + 1);
  const space = cut.indexOf(" ");
  return `…${space >= 0 && space < most / 2 ? cut.slice(space + 1) : cut}`;
}
