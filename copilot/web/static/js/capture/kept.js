/** What was captured and is not yet known to be safe on the server. Pure. */

export const MOST_FRAMES = 6000; // ten minutes

/**
 * Numbered frames. Beyond `most` the oldest are given up: their numbers stay, with silence in place of the sound, so that
 * everything after them keeps its time.
 * @typedef {{from: number, to: number}} Stretch of frame numbers, `to` excluded
 */
export class Kept {
  constructor(most = MOST_FRAMES) {
    this.most = most;
    /** @type {(Int16Array|null)[]} null is silence */
    this.frames = [];
    this.first = 0; // the number of frames[0]
    this.held = 0; // frames with sound in them
    this.firstHeld = 0; // no frame before it holds sound
    /** @type {Stretch[]} given up, and not known to be safe */
    this.lost = [];
  }

  /** The number that the next frame will have. */
  get next() {
    return this.first + this.frames.length;
  }

  /** @param {Int16Array|null} samples */
  add(samples) {
    this.frames.push(samples);
    if (samples === null) return;
    this.held += 1;
    if (this.held > this.most) this.giveUpOldest();
  }

  giveUpOldest() {
    while (this.at(this.firstHeld) === null) this.firstHeld += 1;
    const number = this.firstHeld;
    this.frames[number - this.first] = null;
    this.held -= 1;
    const last = this.lost.at(-1);
    if (last?.to === number) last.to += 1;
    else this.lost.push({ from: number, to: number + 1 });
  }

  /** @param {number} number of a frame that is kept @returns {Int16Array|null} */
  at(number) {
    return this.frames[number - this.first];
  }

  /** Everything up to this number is safe. @param {number} number */
  safe(number) {
    const gone = Math.min(this.frames.length, number + 1 - this.first);
    if (gone <= 0) return;
    for (const frame of this.frames.splice(0, gone)) if (frame !== null) this.held -= 1;
    this.first += gone;
    this.firstHeld = Math.max(this.firstHeld, this.first);
    this.lost = this.lost.filter((l) => l.to > this.first).map((l) => ({ from: Math.max(l.from, this.first), to: l.to }));
  }

  /** Go on with a call of which an earlier page has sent everything before this number. @param {number} number */
  beginAt(number) {
    const by = number - this.first;
    this.first += by;
    this.firstHeld += by;
    this.lost = this.lost.map((l) => ({ from: l.from + by, to: l.to + by }));
  }

  /** The stretches that were given up, to be told of once. @returns {Stretch[]} */
  takeLost() {
    const lost = this.lost;
    this.lost = [];
    return lost;
  }
}
