/** The panel's socket: opens it, opens it again, and says in which phase it is. */
import { isThere } from "./updated.js";

const RETRY_MS = [500, 1000, 2000, 4000, 8000, 10000];
const SILENT_MS = 6000;
/** @type {Record<number, string>} */
const FINAL = { 4400: "The server refused this page.", 4401: "You are signed out.", 4403: "This address is not allowed.", 4404: "There is no such call." };
const DELETED = 4410;

/**
 * @typedef {object} Handlers
 * @property {() => number} after the last event seen
 * @property {(message: Api.Message) => void} onMessage
 * @property {(phase: import("./store.js").Phase, words: string) => void} onPhase
 */

export class PanelSocket {
  /** @param {string} callId @param {Handlers} handlers */
  constructor(callId, handlers) {
    this.callId = callId;
    this.handlers = handlers;
    this.tries = 0;
    this.wasOpen = false;
    this.heardAt = Date.now();
    /** @type {WebSocket|null} */
    this.socket = null;
    this.timer = 0;
    this.checking = false;
    window.addEventListener("online", () => this.retry());
    window.setInterval(() => void this.checkSilence(), 1000);
    this.open();
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  open() {
    window.clearTimeout(this.timer);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const after = this.handlers.after();
    const query = after ? `?after=${after}` : "";
    const socket = new WebSocket(`${scheme}://${location.host}/ws/calls/${encodeURIComponent(this.callId)}/panel${query}`);
    this.socket = socket;
    socket.onopen = () => socket === this.socket && this.opened();
    socket.onmessage = (event) => {
      if (socket !== this.socket) return;
      this.heardAt = Date.now();
      this.tries = 0; // only now: a server that is too busy opens the socket and closes it again
      this.handlers.onMessage(JSON.parse(event.data));
    };
    socket.onclose = (event) => socket === this.socket && this.closed(event.code);
  }

  opened() {
    this.heardAt = Date.now();
    if (this.wasOpen) void isThere(); // perhaps another server than before
    this.wasOpen = true;
    this.handlers.onPhase("open", "");
  }

  /** @param {number} code */
  closed(code) {
    this.socket = null;
    if (code === DELETED) {
      location.reload(); // the server says there when that was
      return;
    }
    if (FINAL[code]) {
      this.handlers.onPhase("refused", FINAL[code]);
      return;
    }
    this.handlers.onPhase("down", "");
    const wait = RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)];
    this.tries += 1;
    this.timer = window.setTimeout(() => this.open(), wait);
  }

  /** Try at once, unless it is open or on its way. */
  retry() {
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    this.tries = 0;
    this.open();
  }

  /** A socket can be open and dead: after some silence the server is asked directly. */
  async checkSilence() {
    if (!this.isOpen || this.checking || Date.now() - this.heardAt < SILENT_MS) return;
    this.checking = true;
    const alive = await isThere();
    this.checking = false;
    if (alive || !this.socket) return;
    const dead = this.socket;
    this.closed(1006);
    dead.close();
  }

  /** @param {object} message @returns {boolean} whether it went out */
  send(message) {
    if (!this.isOpen) return false;
    this.socket?.send(JSON.stringify(message));
    return true;
  }
}
