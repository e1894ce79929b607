import { t } from "@vscode/l10n";

/** A key with its modifiers. `command` is Command on a Mac and Control elsewhere. */
export interface KeyPress {
  readonly key: string;
  readonly command?: true;
  readonly shift?: true;
}

/** As VS Code's menus write it: "Ctrl+C", or "⌘C" on a Mac. */
export function keyInWords({ key, command, shift }: KeyPress, isMac: boolean): string {
  if (isMac) return `${shift ? "⇧" : ""}${command ? "⌘" : ""}${key}`;
  return [...(command ? [t("Ctrl")] : []), ...(shift ? [t("Shift")] : []), key].join("+");
}

/** For `aria-keyshortcuts`. */
export function keyForAria({ key, command, shift }: KeyPress, isMac: boolean): string {
  return [...(command ? [isMac ? "Meta" : "Control"] : []), ...(shift ? ["Shift"] : []), key].join("+");
}

export function isMacKeyboard(): boolean {
  return /mac/i.test(navigator.userAgent);
}
