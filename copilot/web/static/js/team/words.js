/** How the team's figures are said. A share is never without its n. */
import { percent } from "../format.js";
import { team } from "./data.js";

/** @param {string|null} rep */
export const repName = (rep) => (rep === null ? "Team" : rep === "" ? "Rep not known" : rep);

/** @param {{share: number|null}} counted @param {number} hits @param {number} n */
export const shareOf = (counted, hits, n) => (counted.share === null ? `${hits} of ${n}` : percent(counted.share));

/** The 95 % interval, or nothing where there is none. @param {{low: number|null, high: number|null}} counted */
export const interval = ({ low, high }) => (low === null || high === null ? "" : `${Math.round(low * 100)} to ${percent(high)}`);

/** @param {string} id */
export const criterionTitle = (id) => team.value?.criteria.find((line) => line.id === id)?.title ?? id;

/** @param {string} text */
export const sentence = (text) => `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}${/[.?]$/.test(text) ? "" : "."}`;

/** "scorecards/discovery/2" → "Version 2" @param {string} rubric */
export const rubricWords = (rubric) => `Version ${rubric.split("/").at(-1)}`;
