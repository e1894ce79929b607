import { t } from "@vscode/l10n";
import type { ColumnProfile } from "../../../model/queryContract.ts";
import { button, element } from "../element.ts";
import { numberInWords, shareInWords } from "../wording.ts";
import type { Bar } from "./barFilter.ts";
import { valueInWords } from "./profileInWords.ts";

type OnBar = (bar: Bar) => void;

/** The most frequent values as horizontal bars, each with its text. */
export function frequentValues({ frequent, count }: ColumnProfile, onBar: OnBar): HTMLElement {
  const most = frequent[0]?.count ?? 1;
  const entries = frequent.map(({ value, count: rows }) => {
    const counted = t("{0} ({1})", numberInWords(rows), shareInWords(rows / count));
    const name = element("span", { class: "name" }, valueInWords(value));
    const bar = button({ class: "profile-value" }, name, () => onBar({ kind: "value", value }));
    bar.append(element("span", { class: "value-count" }, counted));
    bar.title = t("Show only these rows");
    bar.style.setProperty("--share", String(rows / most));
    return element("li", {}, bar);
  });
  return element("ul", { class: "profile-values", "aria-label": t("Most frequent values") }, ...entries);
}

/** Ranges of numbers or dates as vertical bars: one stop of the Tab key, with arrow keys from bar to bar. */
export function histogramBars(bars: NonNullable<ColumnProfile["histogram"]>, onBar: OnBar): HTMLElement {
  const most = bars.reduce((highest, { count }) => Math.max(highest, count), 1);
  const buttons = bars.map(({ from, to, count }, place) => {
    const height = element("span", { class: "histogram-height" });
    const bar = button({ class: "histogram-bar", tabindex: place === 0 ? "0" : "-1" }, height, () => {
      if (count > 0) onBar({ kind: "range", from, to });
    });
    const words = t("{0} to {1}: {2} rows", valueInWords(from), valueInWords(to), numberInWords(count));
    bar.setAttribute("aria-label", words);
    bar.title = words;
    bar.classList.toggle("none", count === 0);
    if (count === 0) bar.setAttribute("aria-disabled", "true");
    bar.style.setProperty("--height", String(count / most));
    return bar;
  });
  const group = element("div", { class: "histogram", role: "group", "aria-label": t("Histogram") }, ...buttons);
  group.addEventListener("keydown", (event) => moveFocus(event, buttons));
  return group;
}

function moveFocus(event: KeyboardEvent, buttons: readonly HTMLButtonElement[]): void {
  const at = buttons.findIndex((each) => each === event.target);
  const places = new Map([
    ["ArrowLeft", at - 1],
    ["ArrowRight", at + 1],
    ["Home", 0],
    ["End", buttons.length - 1],
  ]);
  const next = buttons[places.get(event.key) ?? -1];
  if (next === undefined) return;
  event.preventDefault();
  buttons[at]?.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}
