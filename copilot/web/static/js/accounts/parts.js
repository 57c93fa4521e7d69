/** What an account's page is made of, in this order; a part of half the width stands beside the next. */
import { AccountCalls } from "./account_calls.js";
import { CsvImport } from "./csv_import.js";
import { Milestones } from "./milestones.js";
import { Promises } from "./promises.js";

/** @type {{name: string, wide: boolean, Part: import("preact").FunctionComponent}[]} */
export const PARTS = [
  { name: "promises", wide: true, Part: Promises },
  { name: "milestones", wide: true, Part: Milestones },
  { name: "calls", wide: false, Part: AccountCalls },
  { name: "import", wide: false, Part: CsvImport },
];
