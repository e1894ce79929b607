import type { CommandId, CommandMap } from "./ids.ts";

/** A link of ours in the text of a notification, which runs a command. */
export interface CommandLink {
  readonly label: string;
  /** From `commandLink`. */
  readonly target: string;
}

/** The target of a link that runs a command, for the text of a notification. */
export function commandLink<Id extends CommandId>(id: Id, argument: CommandMap[Id]["argument"]): string {
  const encoded = encodeURIComponent(JSON.stringify([argument]));
  // encodeURIComponent leaves parentheses alone, but one of them would end the link.
  return `command:${id}?${encoded.replaceAll("(", "%28").replaceAll(")", "%29")}`;
}

/** The link as VS Code reads it. */
export function linkText({ label, target }: CommandLink): string {
  return `[${label}](${target})`;
}
