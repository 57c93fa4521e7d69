/** The transcript goes along with what is playing, until somebody scrolls. */
import { followed } from "../sound/sound.js";

/** How far down in what is in view something may be before it is brought up. */
const FAR_DOWN = 0.65;
const PLAYER_PX = 64;

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
  const around = list.getBoundingClientRect();
  const top = inside ? Math.max(around.top, 0) : 0;
  const height = (inside ? Math.min(around.bottom, innerHeight - PLAYER_PX) : innerHeight - PLAYER_PX) - top;
  const at = row.getBoundingClientRect();
  if (at.top < top || at.bottom > top + height * FAR_DOWN) {
    box.scrollTo({ top: box.scrollTop + at.top - top - height / 3, behavior: "instant" });
  }
  scrolledTo(list);
  const source = inside ? list : document;
  const scrolled = () => { if (Math.abs(box.scrollTop - ours) > 2) followed.value = false; };
  source.addEventListener("scroll", scrolled, { passive: true });
  return () => source.removeEventListener("scroll", scrolled);
}
