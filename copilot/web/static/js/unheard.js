/** A stretch of the call without sound, in words. Pure. */
import { clock } from "./format.js";

/** @type {Record<Api.Role, string>} */
const SIDES = { rep: "You were not heard", customer: "Customer not heard", unknown: "Nobody heard" };

/** @param {Api.Unheard} stretch @returns {string} */
export function unheardWords({ reason, role, start_s, end_s }) {
  const long = end_s == null ? "" : clock(end_s - start_s);
  if (reason === "lost") return `${long} lost`;
  const what = reason === "off_record" ? "Off the record" : SIDES[role ?? "unknown"];
  return long ? `${what} for ${long}` : what;
}
