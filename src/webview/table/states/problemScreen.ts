import { t } from "@vscode/l10n";
import type { TableProblem } from "../../../table/tableTypes.ts";
import { button, element } from "../element.ts";
import type { TableAction } from "../messages.ts";
import { actionLabel } from "./actionLabels.ts";
import { problemInWords } from "./problemWording.ts";

/** The page that is shown if there is no table. */
export function problemScreen(
  problem: TableProblem,
  actions: readonly TableAction[],
  act: (action: TableAction) => void,
): HTMLElement {
  const { heading, sentence } = problemInWords(problem);
  const buttons = actions.map((action, n) =>
    button({ class: n === 0 ? "button" : "button secondary" }, actionLabel(action), () => act(action)),
  );
  const words = [element("h1", {}, heading), element("p", {}, sentence)];
  const row = element("div", { class: "buttons" }, ...buttons);
  if (problem.kind !== "jsonText") return element("main", { class: "problem" }, ...words, row);
  const text = element("pre", { class: "json-text", tabindex: "0", role: "group" }, problem.text);
  text.setAttribute("aria-label", t("The file's text"));
  return element(
    "main",
    { class: "problem with-text" },
    element("div", { class: "problem-head" }, ...words, row),
    text,
  );
}
