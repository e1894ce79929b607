import { t } from "@vscode/l10n";
import { cancelled } from "../../model/exportError.ts";
import { askChoice } from "./steps.ts";
import { back } from "./walkSteps.ts";

/**
 * Asks for one of the values that something can have. The current one is marked and has the focus.
 *
 * @throws ExportError `cancelled`
 */
export async function askValue<Value extends string>(
  { title, placeholder }: { title: string; placeholder: string },
  values: readonly Value[],
  inWords: (value: Value) => string,
  current: Value,
): Promise<Value> {
  const choices = values.map((value) => ({
    label: inWords(value),
    description: value === current ? t("Current") : "",
    value,
  }));
  const chosen = await askChoice({ placeholder, choices, active: current }, { title });
  if (chosen === back) throw cancelled();
  return chosen;
}
