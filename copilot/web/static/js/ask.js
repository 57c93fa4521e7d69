/** Asking the server's API; what it refuses is thrown in its own words. */

/**
 * @template T
 * @param {string} path
 * @param {object} [body] sent as JSON, and the request with it as a POST
 * @returns {Promise<T>}
 */
export async function ask(path, body) {
  const sent = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, { cache: "no-store", ...sent }).catch(() => { throw new Error("The server cannot be reached."); });
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(found.error?.message ?? `The server answered ${answer.status}.`);
  return found;
}
