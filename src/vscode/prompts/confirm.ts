import { cancelled } from "../../model/exportError.ts";
import { askInDialog } from "../surfaces/surfaces.ts";

/** Asks before something that can't be undone. @throws ExportError `cancelled` if the answer is no */
export async function confirm(question: string, detail: string, doIt: string): Promise<void> {
  const answer = await askInDialog(question, detail, doIt);
  if (answer !== doIt) throw cancelled();
}
