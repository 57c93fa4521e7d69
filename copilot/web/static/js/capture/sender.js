/** Sends what is captured to the ingest socket, and again whatever was not safe when it broke off. */
import { FRAME_SAMPLES, packed } from "./framing.js";

const RETRY_MS = [500, 1000, 2000, 4000, 8000, 10000];
const SILENT_MS = 10000; // a server that listens says so every 4 s
const MOST_BUFFERED = 256 * 1024; // bytes that the browser may hold; the rest waits where it can be counted
const TICK_MS = 250;
/** @type {Record<number, string>} */
const REFUSALS = { 4400: "The server refused this call.", 4401: "You are signed out.", 4403: "This address is not allowed." };
const FATAL = new Set(["unsupported_audio", "conflict", "taken_over", "bad_message", "too_large"]);

/**
 * @typedef {"connecting"|"open"|"down"|"over"|"refused"} Phase `over`: the call has ended and is wrapped up
 * @typedef {Api.Unheard} Unheard
 * @typedef {object} Terms
 * @property {string} url of the ingest socket
 * @property {object} start the message that begins the call, or goes on with it
 * @property {number} channels
 * @property {import("./kept.js").Kept} kept
 * @property {(again: boolean) => void} onReady before anything is sent; `again` after a break
 * @property {() => void} onSafe whenever more has become safe
 * @property {(phase: Phase, words: string) => void} onPhase
 * @property {new (url: string) => WebSocket} [Socket]
 */

/** @param {string} callId */
export const ingestUrl = (callId) => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/calls/${encodeURIComponent(callId)}/ingest`;

export class Sender {
  /** @param {Terms} terms */
  constructor(terms) {
    this.terms = terms;
    this.kept = terms.kept;
    this.silence = new Int16Array(FRAME_SAMPLES * terms.channels);
    /** @type {Map<string, Unheard>} not known to be safe */
    this.unheard = new Map();
    this.tries = 0;
    this.isReady = false;
    this.wasReady = false;
    this.ending = false;
    this.endSent = false;
    this.nextToSend = 0;
    /** @type {Unheard[]} on this socket, and not answered yet */
    this.said = [];
    this.heardAt = Date.now();
    /** @type {WebSocket|null} */
    this.socket = null;
    this.trouble = "";
    this.retryAt = 0;
    this.onOnline = () => this.retry();
    window.addEventListener("online", this.onOnline);
    this.timer = window.setInterval(() => this.tick(), TICK_MS);
    this.open();
  }

  open() {
    const Socket = this.terms.Socket ?? WebSocket;
    const socket = new Socket(this.terms.url);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.retryAt = 0;
    this.heardAt = Date.now();
    socket.onopen = () => socket === this.socket && this.say(this.terms.start);
    socket.onmessage = (event) => socket === this.socket && this.hear(JSON.parse(event.data));
    socket.onclose = (event) => socket === this.socket && this.closed(event.code, event.reason);
  }

  /** @param {object} message */
  say(message) {
    this.socket?.send(JSON.stringify(message));
  }

  /** @param {any} message */
  hear(message) {
    this.heardAt = Date.now();
    if (message.type === "ready") this.begin(message);
    else if (message.type === "ack") this.acknowledged(message);
    else if (message.type === "ended") this.finish("over", "");
    else if (message.type === "error") this.failed(message);
  }

  /** @param {{audio_frame: number|null}} ready */
  begin(ready) {
    const next = (ready.audio_frame ?? -1) + 1;
    if (this.wasReady && next < this.kept.first) return this.finish("refused", "The server has lost the beginning of this call.");
    if (this.wasReady) this.kept.safe(next - 1);
    else this.kept.beginAt(next);
    this.terms.onReady(this.wasReady);
    this.tries = 0;
    this.trouble = "";
    this.isReady = true;
    this.wasReady = true;
    this.endSent = false;
    this.nextToSend = this.kept.first;
    this.said = [];
    for (const stretch of this.unheard.values()) this.sayUnheard(stretch);
    this.terms.onPhase("open", "");
    return this.pump();
  }

  /** @param {{audio_frame?: number|null, unheard?: string}} ack */
  acknowledged(ack) {
    if (ack.audio_frame != null) {
      this.kept.safe(ack.audio_frame);
      this.terms.onSafe();
    }
    if (ack.unheard == null) return;
    const stretch = this.said.shift(); // they are answered in their order
    if (this.unheard.get(ack.unheard) === stretch) this.unheard.delete(ack.unheard);
  }

  /** @param {{code: string, message: string}} error */
  failed({ code, message }) {
    if (code === "ended") this.finish("over", message);
    else if (FATAL.has(code)) this.finish("refused", message);
    else if (code === "gap") this.broken(); // `ready` says where to go on
    else this.trouble = message; // the socket is closed behind it
  }

  /** Say that something was not heard, or until when. @param {Unheard} stretch */
  miss(stretch) {
    this.unheard.set(stretch.id, stretch);
    if (this.isReady) this.sayUnheard(stretch);
  }

  /** @param {Unheard} stretch */
  sayUnheard(stretch) {
    this.said.push(stretch);
    this.say({ type: "unheard", ...stretch });
  }

  /** @param {Int16Array|null} samples */
  add(samples) {
    this.kept.add(samples);
    this.tick();
  }

  /** Nothing more will come: end the call once all of it is sent. */
  end() {
    this.ending = true;
    this.tick();
  }

  /** Timers of pages in the background are slowed down, so every frame drives this too. */
  tick() {
    if (this.retryAt && Date.now() >= this.retryAt) this.open();
    else if (!this.retryAt && this.socket && Date.now() - this.heardAt > SILENT_MS) this.broken();
    this.pump();
  }

  pump() {
    const { socket, kept } = this;
    if (!this.isReady || !socket || socket.readyState !== WebSocket.OPEN) return;
    this.nextToSend = Math.max(this.nextToSend, kept.first);
    while (this.nextToSend < kept.next && socket.bufferedAmount < MOST_BUFFERED) {
      socket.send(packed(this.nextToSend, kept.at(this.nextToSend) ?? this.silence));
      this.nextToSend += 1;
    }
    if (this.ending && !this.endSent && this.nextToSend === kept.next) {
      this.endSent = true;
      this.say({ type: "end" });
    }
  }

  /** @param {number} code @param {string} reason */
  closed(code, reason) {
    if (REFUSALS[code]) this.finish("refused", REFUSALS[code]);
    else this.broken(Number(/try again in (\d+) s/.exec(reason)?.[1] ?? 0) * 1000);
  }

  /** @param {number} [waitMs] what the server asked for */
  broken(waitMs = 0) {
    const dead = this.socket;
    this.socket = null;
    this.isReady = false;
    dead?.close();
    this.retryAt = Date.now() + Math.max(waitMs, RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)]);
    this.tries += 1;
    this.terms.onPhase("down", this.trouble);
  }

  /** Try at once, unless it is open or on its way. */
  retry() {
    if (this.retryAt) this.open();
  }

  /** @param {Phase} phase @param {string} words */
  finish(phase, words) {
    const last = this.socket;
    this.socket = null;
    this.isReady = false;
    window.clearInterval(this.timer);
    window.removeEventListener("online", this.onOnline);
    this.retryAt = 0;
    last?.close();
    this.terms.onPhase(phase, words);
  }
}
