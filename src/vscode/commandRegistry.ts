import { t } from "@vscode/l10n";
import type * as v from "valibot";
import { isCancelled } from "../model/exportError.ts";
import { readRequest } from "../model/readRequest.ts";
import { type Caller, isInteractive, type IsUri, toCommandCall } from "./commandCall.ts";
import { type Disposable, Owner } from "./disposables.ts";
import type { FailureSubject } from "./errors/mending.ts";
import type { CommandId, CommandMap, CommandResult } from "./ids.ts";
import type { Log } from "./log.ts";

/** What a command gets in addition to its argument. */
export interface Invocation {
  readonly caller: Caller;
  /** Sets what the command is about as soon as that is known, so that a failure can name it and offer remedies. */
  readonly about: (subject: FailureSubject) => void;
}

/** A command: the shape of its argument, and what it does. */
export interface CommandDefinition<Id extends CommandId> {
  readonly argument: v.GenericSchema<unknown, CommandMap[Id]["argument"]>;
  run(argument: CommandMap[Id]["argument"], invocation: Invocation): Promise<CommandResult<Id>>;
}

/** A definition for each command of the contract: leaving one out does not compile. */
export type CommandDefinitions = { readonly [Id in CommandId]: CommandDefinition<Id> };

/** What the registry needs from VS Code. */
export interface CommandRegistryParts {
  readonly log: Pick<Log, "debug" | "error">;
  readonly register: (id: CommandId, handler: (passed: unknown, selected?: unknown) => Promise<unknown>) => Disposable;
  readonly isUri: IsUri;
  readonly showError: (error: unknown, subject: FailureSubject) => void;
}

/** The only place that registers commands, and the only one that shows their errors. */
export class CommandRegistry extends Owner {
  readonly #load: () => Promise<CommandDefinitions>;
  readonly #parts: CommandRegistryParts;

  /** @param load answers the definitions when the first command runs; each command needs a question or a message */
  constructor(ids: readonly CommandId[], load: () => Promise<CommandDefinitions>, parts: CommandRegistryParts) {
    super();
    this.#load = load;
    this.#parts = parts;
    for (const id of ids) {
      this.own(parts.register(id, (passed, selected) => this.#run(id, passed, selected)));
    }
  }

  /**
   * Canceling is silent. A failure is shown once, with what can be done about it, to the person who ran the command.
   * A program gets the error itself instead, and nothing is shown.
   */
  async #run<Id extends CommandId>(
    id: Id,
    passed: unknown,
    selected?: unknown,
  ): Promise<CommandResult<Id> | undefined> {
    const { log, isUri, showError } = this.#parts;
    const { caller, argument } = toCommandCall(passed, isUri, selected);
    let subject: FailureSubject = {};
    const about = (named: FailureSubject): void => {
      subject = { ...subject, ...named };
    };
    log.debug(`Command ${id}, called by a ${caller}`);
    try {
      const { [id]: definition } = await this.#load();
      return await definition.run(parseArgument(definition, argument), { caller, about });
    } catch (error) {
      if (isCancelled(error)) return undefined;
      log.error(`Command ${id} failed`, error);
      if (!isInteractive(caller)) throw error;
      showError(error, subject);
      return undefined;
    }
  }
}

function parseArgument<Id extends CommandId>(
  definition: CommandDefinition<Id>,
  argument: unknown,
): CommandMap[Id]["argument"] {
  return readRequest(definition.argument, argument, t("The command's argument"));
}
