/**
 * The transcript of a call that goes on, in passages. Those near what is in view are drawn; the others take their room and
 * no more, so that after two hours the page has hardly more elements than after ten minutes.
 */
import { count } from "../format.js";
import { html, useEffect, useRef, useState } from "../html.js";
import { adding } from "./adding.js";
import { whenSaid } from "./where_said.js";

const LONGEST = 30; // utterances
const NEWEST = 2; // passages, always drawn: more than a window full
const ROW_REM = 4.5; // of an utterance that was never drawn

/** @param {Api.Said[]} said @returns {Api.Said[][]} */
export const inPassages = (said) => Array.from({ length: Math.ceil(said.length / LONGEST) }, (_, n) => said.slice(n * LONGEST, (n + 1) * LONGEST));

/**
 * @param {{list: {current: HTMLElement|null}, said: Api.Said[], after: number, always: boolean, wanted: boolean, rows: () => any}} props
 *   `list`: what scrolls; `after`: how many passages follow; `always`: it is drawn wherever it is; `wanted`: it is to be shown
 */
export function Passage({ list, said, after, always, wanted, rows }) {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  const stays = always || after < NEWEST;
  const [room, setRoom] = useState(stays || wanted ? null : `${said.length * ROW_REM}rem`);
  const drawn = stays || wanted || room === null;
  useEffect(() => {
    if (stays) return undefined;
    const look = () => box.current && list.current && setRoom(roomFor(box.current, list.current));
    // A page that nobody sees is told of no crossing, and its call may go on for an hour.
    look();
    const watch = new IntersectionObserver(look, { root: list.current, rootMargin: "100% 0px" });
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, [stays, after]);
  // What comes back has been read out before.
  return html`<div class=${`passage ${always ? "whole" : ""}`} ref=${box} aria-live=${stays ? undefined : "off"} style=${drawn ? undefined : { height: room }}>
    ${drawn ? rows() : html`<p class="caption">${count(said.length, "utterance")} from ${whenSaid(said[0])}</p>`}</div>`;
}

/** What stands for a passage far from what is in view; null where it is to be drawn. @param {HTMLElement} box @param {HTMLElement} list */
function roomFor(box, list) {
  const at = box.getBoundingClientRect();
  const view = list.getBoundingClientRect();
  const isNear = at.bottom > view.top - view.height && at.top < view.bottom + view.height;
  return isNear || isInUse(box) ? null : `${at.height}px`;
}

/** Whether somebody is at work in it: with the focus, a form that will give it back, or marked words. @param {HTMLElement} box */
function isInUse(box) {
  const selection = document.getSelection();
  const isMarked = selection !== null && !selection.isCollapsed && selection.containsNode(box, true);
  return isMarked || [document.activeElement, adding.peek()?.opener].some((element) => element && box.contains(element));
}
