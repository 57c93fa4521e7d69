/** How wide there is room to draw. */
import { useLayoutEffect, useRef, useState } from "../html.js";

/** @param {number} least @returns {[{current: HTMLDivElement|null}, number]} a box to put the drawing in, and its width in px */
export function useWidth(least) {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  const [width, setWidth] = useState(least);
  useLayoutEffect(() => {
    const measure = () => setWidth(Math.max(least, Math.floor(box.current?.clientWidth ?? least)));
    measure();
    const watcher = new ResizeObserver(measure);
    if (box.current) watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  return [box, width];
}
