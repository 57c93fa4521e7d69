/** The kinds of call, in words. */

/** @type {Record<Api.CallKind, string>} */
export const KINDS = { discovery: "Discovery", demo: "Demo", qbr: "Review of value", other: "Other" };
