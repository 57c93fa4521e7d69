/** Sending a form, with word of how much has gone out: only the older request tells that. */
import { signal } from "./html.js";

/** Bytes that have gone out. */
export const sent = signal(0);
/** @type {XMLHttpRequest|null} */
let running = null;

/** The person who sent it stopped it. */
export class GivenUp extends Error {}

/** @typedef {{id: string, url: string, title: string|null, held_on: string}} KnownCall */

/** A call was made of the same content before. */
export class KnownAlready extends Error {
  /** @param {string} message @param {KnownCall} call */
  constructor(message, call) {
    super(message);
    this.call = call;
  }
}

/** Stop what is being sent, if anything is. */
export const giveUp = () => running?.abort();

/** @param {string} path @param {FormData} data @returns {Promise<any>} the answer's JSON; a TypeError where there is none */
export function posted(path, data) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    running = request;
    request.upload.onprogress = (event) => { sent.value = event.loaded; };
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status < 400) resolve(body);
      else if (body.error?.code === "known_already") reject(new KnownAlready(body.error.message, body.call));
      else reject(new Error(body.error?.message ?? `The server answered ${request.status}.`));
    };
    request.onerror = () => reject(new TypeError("no answer"));
    request.onabort = () => reject(new GivenUp("stopped"));
    request.onloadend = () => { running = null; };
    request.open("POST", path);
    request.send(data);
  });
}

/** @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
