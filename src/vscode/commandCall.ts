/**
 * Who runs a command. A `person` uses a menu, the palette, a key or one of our buttons. A `program` is another
 * extension, or a keybinding with an argument. A `link` is a URI that a person opened, and a `tool` is a language
 * model's tool call. Only a person or a link is asked questions and shown results.
 */
export type Caller = "person" | "program" | "link" | "tool";

/** A command's argument together with its caller. Our own buttons and rows pass it to `executeCommand`. */
export class CommandCall {
  readonly caller: Caller;
  readonly argument: unknown;

  constructor(caller: Caller, argument: unknown = {}) {
    this.caller = caller;
    this.argument = argument;
  }
}

/** What our own buttons pass to the command that they run. */
export function callByPerson(argument: object = {}): CommandCall {
  return new CommandCall("person", argument);
}

/**
 * Implemented by objects that VS Code's menus pass to a command, such as tree items. A command sees only the fields of
 * this argument, because a tree item has its own `label`, `command` and `description`, which must not be mistaken for
 * fields of a request.
 */
export interface CommandTarget {
  readonly [commandArgument]: object;
}

export const commandArgument = Symbol("commandArgument");

/** Whether a value is a `vscode.Uri`, which VS Code's own menus pass. */
export type IsUri = (value: object) => boolean;

/**
 * Determines who runs a command, and with which argument, from what VS Code passed to its handler.
 *
 * @param selected what VS Code passes second: all selected rows, if the row is one of several
 */
export function toCommandCall(passed: unknown, isUri: IsUri, selected?: unknown): CommandCall {
  if (passed instanceof CommandCall) return passed;
  if (passed === undefined || passed === null) return new CommandCall("person");
  if (typeof passed !== "object") return new CommandCall("program", passed);
  if (isCommandTarget(passed)) return new CommandCall("person", withSelected(passed[commandArgument], selected));
  // The editor title, the Explorer and other menus of VS Code pass the file that they belong to.
  if (isUri(passed)) return new CommandCall("person", { uri: passed });
  return new CommandCall("program", passed);
}

/** The argument of a row, with the files of all selected rows if there are several. */
function withSelected(argument: object, selected: unknown): object {
  const rows = (Array.isArray(selected) ? (selected as unknown[]) : []).filter(
    (row): row is CommandTarget => typeof row === "object" && row !== null && isCommandTarget(row),
  );
  const uris = rows.map((row) => row[commandArgument]).flatMap((each) => ("uri" in each ? [each.uri] : []));
  return uris.length > 1 ? { ...argument, uris } : argument;
}

function isCommandTarget(value: object): value is CommandTarget {
  return commandArgument in value;
}

/** Whether the caller can answer questions and wants to see results. */
export function isInteractive(caller: Caller): boolean {
  return caller === "person" || caller === "link";
}
