/** The transcript goes along with what is playing, until somebody scrolls. */
import { followed } from "../sound/sound.js";

const FAR_DOWN = 0.65;

/** Where we scrolled to last: whatever else is scrolled to, somebody else did. */
let ours = -1;

/** What the page itself scrolls to is not somebody's scrolling. @param {HTMLElement} list */
export function scrolledTo(list) {
  ours = boxOf(list).scrollTop;
}

/** What scrolls: the list, or the page around it. @param {HTMLElement} list */
const boxOf = (list) => (list.scrollHeight > list.clientHeight ? list : /** @type {HTMLElement} */ (document.scrollingElement));

/** @param {HTMLElement|null} list @param {number|null} i the utterance, or null where nothing is to be followed */
export function goAlong(list, i) {
  const row = list?.querySelector(`[data-i="${i}"]`);
  if (!list || i == null || !row) return undefined;
  const box = boxOf(list);
  const inside = box === list;
  const frame = inside ? list.getBoundingClientRect() : new DOMRect(0, 0, innerWidth, innerHeight);
  const at = row.getBoundingClientRect();
  if (at.top < frame.top || at.bottom > frame.top + frame.height * FAR_DOWN) {
    box.scrollTo({ top: box.scrollTop + at.top - frame.top - frame.height / 3, behavior: "instant" });
  }
  scrolledTo(list);
  const source = inside ? list : document;
  const scrolled = () => { if (Math.abs(box.scrollTop - ours) > 2) followed.value = false; };
  source.addEventListener("scroll", scrolled, { passive: true });
  return () => source.removeEventListener("scroll", scrolled);
}
