/** Requests to the API, with the server's own sentence where one is refused. */
import { noticed } from "./updated.js";

/** @param {string} path @param {RequestInit} [options] @returns {Promise<any>} the answer's JSON, or null where there is none */
export async function ask(path, options) {
  const answer = noticed(await fetch(path, { cache: "no-store", ...options }));
  if (answer.status === 204) return null;
  const body = await answer.json();
  if (!answer.ok) throw refusal(answer, body);
  return body;
}

/** A file of the server's. @param {string} path @returns {Promise<Blob>} */
export async function askFile(path) {
  const answer = noticed(await fetch(path, { cache: "no-store" }));
  if (!answer.ok) throw refusal(answer, await answer.json());
  return answer.blob();
}

/** @param {Response} answer @param {any} body */
const refusal = (answer, body) => new Refused(body.error?.code ?? "failed", body.error?.message ?? `the server answered ${answer.status}`);

/** @param {string} path @param {object} body */
export const send = (path, body) => ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export class Refused extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
