/** Sums of money on the page: their words are the server's, their lengths are drawn here. */

/** In place of sums where there are none yet; why is said once, above. */
export const NO_MONEY_YET = "Nothing is put in money yet.";

/** @param {{amount: string}} money */
export const amountOf = (money) => Number(money.amount);

/** @param {Api.Ranged[]} sums @param {string|null} currency @returns {Api.Ranged|undefined} */
export const inCurrency = (sums, currency) => sums.find(({ low }) => low.currency === currency);

/** The currencies that any of these sums are in. @param {Api.Ranged[]} sums @returns {(string|null)[]} */
export const currenciesOf = (sums) => [...new Set(sums.map(({ low }) => low.currency))];

/** @param {Api.Ranged[]} sums */
export const sumsText = (sums) => sums.map((sum) => sum.text).join(" and ") || "—";

/** @param {Api.Return[]} returns each with its currency where there are several */
export const returnsText = (returns) => returns.map((one) => `${returns.length > 1 ? `${one.currency}: ` : ""}${one.text}${one.why_not ? ` (${one.why_not})` : ""}`).join("; ") || "—";
