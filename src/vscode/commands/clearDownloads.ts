import { t } from "@vscode/l10n";
import { invalidArgument } from "../../model/accountErrors.ts";
import { cancelled } from "../../model/exportError.ts";
import { noDownloadedExport } from "../../model/fileErrors.ts";
import { withSignal } from "../cancellation.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import type { DownloadedExport } from "../downloads/downloadHistory.ts";
import { bytesOf, missingAmong, olderThan } from "../downloads/removal/chosenDownloads.ts";
import { removalInWords } from "../downloads/removal/removalWording.ts";
import { removeDownloads, type RemovalOutcome } from "../downloads/removal/removeDownloads.ts";
import type { ClearRequest } from "../ids.ts";
import { confirm } from "../prompts/confirm.ts";
import { askChoice, type Choice } from "../prompts/steps.ts";
import { back } from "../prompts/walkSteps.ts";
import { showInformation, withProgress, withStatusBarProgress } from "../surfaces/surfaces.ts";
import { amountInWords, filesInWords } from "../tree/downloads/downloadWording.ts";
import { bytesInWords } from "../wording.ts";
import { clearRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

type ClearParts = Pick<CommandParts, "history" | "ownFiles" | "ownFolders" | "columnFiles">;

const never = new AbortController().signal;
const offeredDays = [90, 30, 7];

/** The files that are to be deleted, or only forgotten because they are missing. */
interface Chosen {
  readonly records: readonly DownloadedExport[];
  readonly areMissing: boolean;
}

/**
 * Deletes downloaded files by their age, and forgets those that are missing. Only files that still are what was
 * downloaded are deleted; the person is told what was kept, and why.
 */
export function clearDownloads(parts: ClearParts): CommandDefinition<"taskExports.clearDownloads"> {
  return {
    argument: clearRequest,
    async run(request, { caller }) {
      const asks = isInteractive(caller);
      const all = await parts.history.allInSlices(never);
      if (asks && all.length === 0) throw noDownloadedExport();
      const chosen = isNamed(request) ? await namedOf(all, request) : await askWhich(all, asks);
      if (asks && chosen.records.length > 0) await confirmRemoval(chosen);
      const outcome = await removeAll(parts, chosen, asks);
      if (asks) void showInformation(removalInWords(outcome));
      const { deleted, bytes, gone, kept } = outcome;
      return { deleted, bytes, forgotten: gone, kept: kept.length };
    },
  };
}

function isNamed({ onlyMissing, olderThanDays }: ClearRequest): boolean {
  return onlyMissing === true || olderThanDays !== undefined;
}

async function namedOf(
  all: readonly DownloadedExport[],
  { onlyMissing = false, olderThanDays = 0 }: ClearRequest,
): Promise<Chosen> {
  const old = await olderThan(all, olderThanDays, Date.now(), never);
  return { records: onlyMissing ? await missingAmong(old) : old, areMissing: onlyMissing };
}

/** Says of each choice how much it is, so that nobody has to try. */
async function askWhich(all: readonly DownloadedExport[], asks: boolean): Promise<Chosen> {
  if (!asks) throw invalidArgument(t("Specify which files to delete, with olderThanDays or onlyMissing."));
  const missing = await withStatusBarProgress(t("Checking downloaded files"), () => missingAmong(all));
  const choices: Choice<Chosen>[] = [];
  if (missing.length > 0) {
    const value = { records: missing, areMissing: true };
    choices.push({ label: t("Only Missing Files"), description: filesInWords(missing.length), value });
  }
  for (const days of offeredDays) {
    const records = await olderThan(all, days, Date.now(), never);
    choices.push(choiceOf(t("Older Than {0} Days", days), records));
  }
  choices.push(choiceOf(t("All"), all));
  const place = { title: t("Clear Downloads") };
  const chosen = await askChoice({ placeholder: t("Select which downloaded files to delete"), choices }, place);
  if (chosen === back) throw cancelled();
  return chosen;
}

function choiceOf(label: string, records: readonly DownloadedExport[]): Choice<Chosen> {
  const description = records.length === 0 ? t("No files") : amountInWords(records.length, bytesOf(records));
  return { label, description, value: { records, areMissing: false } };
}

async function confirmRemoval({ records, areMissing }: Chosen): Promise<void> {
  const { length } = records;
  if (areMissing) {
    const question =
      length === 1 ? t("Remove 1 missing file from the list?") : t("Remove {0} missing files from the list?", length);
    await confirm(question, t("You can download the exports again from their tasks."), t("Remove"));
    return;
  }
  const size = bytesInWords(bytesOf(records));
  const question =
    length === 1 ? t("Delete 1 downloaded file ({0})?", size) : t("Delete {0} downloaded files ({1})?", length, size);
  const detail = t(
    "Files that were changed, or that existed before their download, are kept, and so are formatted and unpacked copies. You can download the exports again while the services have them.",
  );
  await confirm(question, detail, t("Delete"));
}

/** The content of each file is compared before it is deleted, which can take long. */
function removeAll(parts: ClearParts, { records, areMissing }: Chosen, isTold: boolean): Thenable<RemovalOutcome> {
  const removal = { ...parts, onlyForgets: areMissing };
  if (!isTold) return removeDownloads(records, removal, never);
  return withProgress({ title: t("Clearing downloads") }, (report, token) =>
    withSignal({ token }, (signal) => {
      const onFile = ({ name }: DownloadedExport): void =>
        report({ message: name, increment: 100 / Math.max(1, records.length) });
      return removeDownloads(records, { ...removal, onFile }, signal);
    }),
  );
}
