import { type Find, SecretHunt } from "../../sandbox/secretHunt.ts";
import type { Workbench } from "../../workbench/page/workbench.ts";

/** Looks for the sandbox's credentials and for signed links in every file that a VS Code wrote, and in its page's stores. */
export async function huntSecrets(workbench: Workbench): Promise<readonly Find[]> {
  const hunt = new SecretHunt(workbench.sandbox);
  await hunt.files(workbench.userDataDir);
  await hunt.files(workbench.workspace);
  // On a server VS Code keeps its own state in the browser.
  const { origins } = await workbench.page.context().storageState({ indexedDB: true });
  hunt.text("the browser's stores", JSON.stringify(origins));
  return hunt.finds;
}
