import { t } from "@vscode/l10n";
import type { RecordField } from "../../../table/tableTypes.ts";
import { element } from "../element.ts";
import { withSigns } from "../signs.ts";
import { columnName, numberInWords } from "../wording.ts";

/** More of one value would push the other fields out of view. The pane shows all of it for a single value. */
const longestShown = 2_000;

/** Every field of a record as a list of names and values. */
export function recordList(fields: readonly RecordField[]): HTMLElement {
  const entries = fields.flatMap((field, index) => [
    element("dt", {}, columnName(field.name, index)),
    element("dd", {}, ...valueOf(field)),
  ]);
  return element("dl", { class: "record-fields" }, ...entries);
}

/** A value that isn't text is described in words, so that it differs from a text that looks the same. */
function valueOf({ text, kind, fullLength }: RecordField): (Node | string)[] {
  if (kind === "-") return [word(t("no value"))];
  if (kind === "0") return [word("null")];
  if (text === "") return [word(fullLength === undefined ? t("empty") : t("not read"))];
  const shown = text.slice(0, longestShown);
  const isCut = shown.length < text.length || fullLength !== undefined;
  return isCut
    ? [...withSigns(shown), " ", word(t("first {0} characters", numberInWords(shown.length)))]
    : [...withSigns(shown)];
}

function word(text: string): HTMLElement {
  return element("span", { class: "record-word" }, text);
}
