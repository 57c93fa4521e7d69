/** Finds where the sound's clock stood still, because the computer slept or the device was changed. Pure. */

const WINDOW_MS = 1000;
const LEAST_GAP_MS = 1500;
const FORGETS = 0.02; // of what is left, with every window: two clocks never run alike

/** Compares how much sound there was with how much time went by. Sound that only comes late is no gap. */
export class ClockWatch {
  /** @param {number} nowMs */
  constructor(nowMs) {
    this.begun = nowMs;
    this.usual = 0;
    this.least = Infinity;
    this.until = nowMs + WINDOW_MS;
  }

  /**
   * @param {number} nowMs @param {number} soundMs how much sound there was until now
   * @returns {number} how long it stood still, in ms, once that is certain; else 0
   */
  tick(nowMs, soundMs) {
    this.least = Math.min(this.least, nowMs - this.begun - soundMs);
    if (nowMs < this.until) return 0;
    const missing = this.least - this.usual;
    this.least = Infinity;
    this.until = nowMs + WINDOW_MS;
    if (missing < LEAST_GAP_MS) {
      this.usual += missing < -LEAST_GAP_MS ? missing : missing * FORGETS;
      return 0;
    }
    this.usual += missing;
    return missing;
  }
}
