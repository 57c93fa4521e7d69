/** The views of the team's page, by the `view` of its address; the switch between them appears with the second one. */
import { Calls } from "./calls.js";

export const VIEWS = [{ name: "", words: "Coaching", View: Calls }];
