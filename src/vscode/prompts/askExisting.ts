import { basename } from "node:path";
import { t } from "@vscode/l10n";
import type { FileExistsChoice } from "../../model/contract.ts";
import { cancelled } from "../../model/exportError.ts";
import { askChoice, back } from "./steps.ts";

type Decision = Exclude<FileExistsChoice, "ask">;

/** Asks what to do with a file that is there already. @throws ExportError `cancelled` */
export async function askExisting(path: string): Promise<Decision> {
  const choices: { label: string; detail: string; value: Decision }[] = [
    { label: t("Replace"), detail: t("The file is replaced once the new one is whole."), value: "overwrite" },
    { label: t("Keep both"), detail: t("The new file gets a number."), value: "keepBoth" },
    { label: t("Skip"), detail: t("Nothing is downloaded; the file that is there opens."), value: "skip" },
  ];
  const placeholder = t("{0} is there already", basename(path));
  const chosen = await askChoice({ placeholder, choices }, { title: t("Download Task Export") });
  if (chosen === back) throw cancelled();
  return chosen;
}
