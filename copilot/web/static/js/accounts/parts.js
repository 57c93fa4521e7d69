/** What an account's page is made of, in this order; a part of half the width stands beside the next. */
import { AccountCalls } from "./account_calls.js";
import { CsvImport } from "./csv_import.js";
import { Milestones } from "./milestones.js";
import { Calculations } from "./calculations.js";
import { Promises } from "./promises.js";
import { ReportCard } from "./report_card.js";
import { ValueStory } from "./story.js";
import { ValueKinds, ValueTrend } from "./value_trend.js";

/** @type {{name: string, wide: boolean, Part: import("preact").FunctionComponent}[]} */
export const PARTS = [
  { name: "promises", wide: true, Part: Promises },
  { name: "milestones", wide: true, Part: Milestones },
  { name: "trend", wide: false, Part: ValueTrend },
  { name: "kinds", wide: false, Part: ValueKinds },
  { name: "calculations", wide: true, Part: Calculations },
  { name: "story", wide: false, Part: ValueStory },
  { name: "report", wide: false, Part: ReportCard },
  { name: "calls", wide: false, Part: AccountCalls },
  { name: "import", wide: false, Part: CsvImport },
];
