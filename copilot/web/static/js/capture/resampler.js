/** Sound at another rate, block by block: a windowed sinc, which keeps out what the lower rate cannot carry. Pure. */

const LOBES = 16; // on either side, counted at the lower of the two rates
const STEPS = 64; // tabulated positions between two input samples

/** One channel of a stream. What comes out lags behind what goes in by `LOBES` samples of the lower rate. */
export class Resampler {
  /** @param {number} fromHz @param {number} toHz */
  constructor(fromHz, toHz) {
    this.step = fromHz / toHz;
    this.reach = Math.ceil(LOBES * Math.max(1, this.step));
    this.table = kernels(this.reach, Math.min(1, 1 / this.step));
    /** Input that is still needed, the first of it `reach` samples of silence. */
    this.held = new Float32Array(this.reach);
    this.at = this.reach; // where in `held` the next output sample lies
  }

  /** @param {Float32Array} block @returns {Float32Array} what can be told by now */
  add(block) {
    const input = joined(this.held, block);
    const last = input.length - this.reach - 1; // the last position with all its neighbours
    const out = new Float32Array(Math.max(0, Math.floor((last - this.at) / this.step) + 1));
    for (let n = 0; n < out.length; n += 1) {
      out[n] = this.sample(input, this.at);
      this.at += this.step;
    }
    const done = Math.max(0, Math.floor(this.at) - this.reach);
    this.held = input.slice(done);
    this.at -= done;
    return out;
  }

  /** @param {Float32Array} input @param {number} at */
  sample(input, at) {
    const whole = Math.floor(at);
    const kernel = this.table[Math.round((at - whole) * STEPS)];
    let sum = 0;
    for (let k = -this.reach + 1; k <= this.reach; k += 1) sum += input[whole + k] * kernel[k + this.reach - 1];
    return sum;
  }
}

/** For each position between two samples the weights of the neighbours from `1 - reach` to `reach`; they sum to 1. @param {number} reach @param {number} cutoff */
function kernels(reach, cutoff) {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const weights = Float32Array.from({ length: 2 * reach }, (__, k) => weight(k - reach + 1 - step / STEPS, reach, cutoff));
    const sum = weights.reduce((total, w) => total + w, 0);
    return weights.map((w) => w / sum);
  });
}

/** @param {number} x @param {number} reach @param {number} cutoff */
function weight(x, reach, cutoff) {
  const sinc = x === 0 ? 1 : Math.sin(Math.PI * x * cutoff) / (Math.PI * x * cutoff);
  const window = Math.abs(x) >= reach ? 0 : 0.42 + 0.5 * Math.cos((Math.PI * x) / reach) + 0.08 * Math.cos((2 * Math.PI * x) / reach);
  return sinc * window;
}

/** @param {Float32Array} first @param {Float32Array} second */
function joined(first, second) {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
