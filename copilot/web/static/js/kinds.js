/** The kinds of call, in words. */

import { count } from "./format.js";

/** @type {Record<Api.CallKind, string>} */
export const KINDS = { discovery: "Discovery", demo: "Demo", qbr: "Review of value", other: "Other" };

/** Where nobody said what a call was for, no pitfall is hardly a finding. @param {Api.CallKind|undefined} kind @param {number} n */
export const pitfallWords = (kind, n) => (kind === "other" && n === 0 ? "few pitfalls apply" : count(n, "pitfall"));

/** What a call of no kind lacks. */
export const OTHER_HAS_NONE = "A call of kind Other, or of none, has no scorecard until its kind is put right in the review.";
