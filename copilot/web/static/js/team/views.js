/** The views of the team's page, by the `view` of its address; the switch between them appears with the second one. */
import { Maturity } from "../maturity/maturity.js";
import { Calls } from "./calls.js";

export const VIEWS = [{ name: "", words: "Coaching", View: Calls }, { name: "maturity", words: "Maturity", View: Maturity }];
