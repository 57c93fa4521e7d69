import { useHeldFocus } from "../held_focus.js";
import { useRef } from "../html.js";
import { active, focusRow } from "./map_actions.js";

/**
 * Keeps the focus in a tree whose rows come and go: on the row itself where it was only drawn anew, else on the one in its place.
 * @param {string[]} ids of the rows, in order
 */
export function useKeptFocus(ids) {
  const place = useRef(0);
  const at = ids.indexOf(active.value);
  if (at >= 0) place.current = at;
  return useHeldFocus((tree) => {
    const id = ids[at >= 0 ? at : Math.min(place.current, ids.length - 1)];
    if (id) focusRow(id, tree.ownerDocument);
  });
}
