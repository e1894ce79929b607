import { t } from "@vscode/l10n";

/** A key with its modifiers. `command` is Command on a Mac and Control elsewhere. */
export interface KeyPress {
  readonly key: string;
  readonly command?: true;
  readonly shift?: true;
  readonly alt?: true;
}

const arrows: ReadonlyMap<string, string> = new Map([
  ["ArrowUp", "↑"],
  ["ArrowDown", "↓"],
]);

/** As VS Code's menus write it: "Ctrl+C", or "⌘C" on a Mac. */
export function keyInWords({ key, command, shift, alt }: KeyPress, isMac: boolean): string {
  const sign = arrows.get(key) ?? key;
  if (isMac) return `${alt ? "⌥" : ""}${shift ? "⇧" : ""}${command ? "⌘" : ""}${sign}`;
  const modifiers = [...(command ? [t("Ctrl")] : []), ...(shift ? [t("Shift")] : []), ...(alt ? [t("Alt")] : [])];
  return [...modifiers, sign].join("+");
}

/** For `aria-keyshortcuts`. */
export function keyForAria({ key, command, shift, alt }: KeyPress, isMac: boolean): string {
  const modifiers = [...(command ? [isMac ? "Meta" : "Control"] : []), ...(alt ? ["Alt"] : [])];
  return [...modifiers, ...(shift ? ["Shift"] : []), key].join("+");
}

export function isMacKeyboard(): boolean {
  return /mac/i.test(navigator.userAgent);
}
