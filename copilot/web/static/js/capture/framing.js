/** From blocks of samples to frames on the wire. Pure. */
import { Resampler } from "./resampler.js";

export const RATE_HZ = 16000;
export const FRAME_SAMPLES = 1600; // of each channel
export const FRAME_S = FRAME_SAMPLES / RATE_HZ;

/**
 * @typedef {{samples: Int16Array, peaks: number[]}} Frame `samples` are interleaved; `peaks` the loudest of each channel, in [0, 1]
 */

/** Gathers blocks of any length into frames of one length. */
export class Framer {
  /** @param {number} channels @param {number} rateHz of what comes in */
  constructor(channels, rateHz) {
    this.channels = channels;
    this.resamplers = rateHz === RATE_HZ ? [] : Array.from({ length: channels }, () => new Resampler(rateHz, RATE_HZ));
    this.samples = new Int16Array(FRAME_SAMPLES * channels);
    /** @type {number[]} */
    this.peaks = new Array(channels).fill(0);
    this.filled = 0;
  }

  /**
   * @param {(Float32Array|null)[]} blocks one for each channel, of one length; null is silence
   * @param {number} length of them
   * @returns {Frame[]} those that are full now
   */
  add(blocks, length) {
    const silence = new Float32Array(length);
    const raw = Array.from({ length: this.channels }, (_, c) => blocks[c] ?? silence);
    const ready = raw.map((block, c) => this.resamplers[c]?.add(block) ?? block);
    /** @type {Frame[]} */
    const full = [];
    for (let n = 0; n < ready[0].length; n += 1) {
      this.put(ready, n);
      if (this.filled === FRAME_SAMPLES) full.push(this.take());
    }
    return full;
  }

  /** @param {Float32Array[]} blocks @param {number} n of the sample in them */
  put(blocks, n) {
    for (let c = 0; c < this.channels; c += 1) {
      const value = Math.max(-1, Math.min(1, blocks[c][n]));
      this.samples[this.filled * this.channels + c] = Math.round(value * 32767);
      this.peaks[c] = Math.max(this.peaks[c], Math.abs(value));
    }
    this.filled += 1;
  }

  /** What there is of a frame, which begins anew. @returns {Frame} */
  take() {
    const frame = { samples: this.samples.subarray(0, this.filled * this.channels), peaks: this.peaks };
    this.samples = new Int16Array(FRAME_SAMPLES * this.channels);
    this.peaks = new Array(this.channels).fill(0);
    this.filled = 0;
    return frame;
  }
}

/**
 * A binary frame: its number in four bytes, big-endian, and the samples, little-endian.
 * @param {number} number @param {Int16Array} samples @returns {ArrayBuffer}
 */
export function packed(number, samples) {
  const view = new DataView(new ArrayBuffer(4 + samples.length * 2));
  view.setUint32(0, number);
  samples.forEach((sample, i) => view.setInt16(4 + 2 * i, sample, true));
  return view.buffer;
}
