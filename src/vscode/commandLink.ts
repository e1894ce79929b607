import type { CommandId, CommandMap } from "./ids.ts";

/** The target of a link that runs a command, for the text of a notification. */
export function commandLink<Id extends CommandId>(id: Id, argument: CommandMap[Id]["argument"]): string {
  const encoded = encodeURIComponent(JSON.stringify([argument]));
  // encodeURIComponent leaves parentheses alone, but one of them would end the link.
  return `command:${id}?${encoded.replaceAll("(", "%28").replaceAll(")", "%29")}`;
}
