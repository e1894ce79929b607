import { t } from "@vscode/l10n";
import * as v from "valibot";
import * as vscode from "vscode";
import { invalidArgument } from "../model/accountErrors.ts";
import { isCancelled } from "../model/exportError.ts";
import { Owner } from "./disposables.ts";
import type { FailureSubject } from "./errors/mending.ts";
import { showError } from "./errors/showError.ts";
import type { CommandId, CommandMap, CommandResult } from "./ids.ts";
import type { Log } from "./log.ts";
import { isPersonsChoice } from "./personsChoice.ts";
import { TreeNode } from "./tree/nodes/treeNode.ts";

/** What a command is given beside its argument. */
export interface Invocation {
  /** A person started it from the palette, the tree or a button: it may ask and show what it found. */
  readonly byPerson: boolean;
  /** Notes what the work is about once that is known, so that a failure can offer what mends it. */
  readonly about: (subject: FailureSubject) => void;
}

/** A command: the shape of its argument, and what it does. */
export interface CommandDefinition<Id extends CommandId> {
  readonly argument: v.GenericSchema<unknown, CommandMap[Id]["argument"]>;
  run(argument: CommandMap[Id]["argument"], invocation: Invocation): Promise<CommandResult<Id>>;
}

/** A definition for each command of the contract: leaving one out does not compile. */
export type CommandDefinitions = { readonly [Id in CommandId]: CommandDefinition<Id> };

/** The only place that registers commands, and the only one that shows their errors. */
export class CommandRegistry extends Owner {
  readonly #definitions: CommandDefinitions;
  readonly #log: Log;

  constructor(definitions: CommandDefinitions, log: Log) {
    super();
    this.#definitions = definitions;
    this.#log = log;
    for (const id of Object.keys(definitions) as CommandId[]) {
      this.own(vscode.commands.registerCommand(id, (argument: unknown) => this.#run(id, argument)));
    }
  }

  /**
   * Cancelling is silent. A failure is shown once, with what mends it, to the person who started the command; a
   * program that called it with an object gets the error itself instead, and nothing is shown.
   */
  async #run<Id extends CommandId>(id: Id, argument: unknown): Promise<CommandResult<Id> | undefined> {
    const byPerson = !isFromProgram(argument);
    let subject: FailureSubject = {};
    const about = (named: FailureSubject): void => {
      subject = { ...subject, ...named };
    };
    this.#log.debug(`Command ${id}`);
    try {
      const definition = this.#definitions[id];
      return await definition.run(parseArgument(definition, argument), { byPerson, about });
    } catch (error) {
      if (isCancelled(error)) return undefined;
      this.#log.error(`Command ${id} failed`, error);
      if (!byPerson) throw error;
      showError(error, subject);
      return undefined;
    }
  }
}

function parseArgument<Id extends CommandId>(
  definition: CommandDefinition<Id>,
  argument: unknown,
): CommandMap[Id]["argument"] {
  const parsed = v.safeParse(definition.argument, argument ?? {});
  if (parsed.success) return parsed.output;
  const field = v.getDotPath(parsed.issues[0]);
  throw invalidArgument(
    field === null
      ? t("The argument of the command has the wrong type.")
      : t("The field {0} is missing in the argument of the command, or has the wrong type.", field),
  );
}

function isFromProgram(argument: unknown): boolean {
  if (typeof argument !== "object" || argument === null) return false;
  // VS Code's own menus hand over the URI of what they belong to; a program passes an object of fields.
  return !(argument instanceof TreeNode || argument instanceof vscode.Uri || isPersonsChoice(argument));
}
