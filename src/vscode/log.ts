import * as vscode from "vscode";
import type { Redactor } from "../model/redact.ts";
import { Owner } from "./disposables.ts";

/** The log channel. All text goes through the redactor, so that no secret or signed query is written. */
export class Log extends Owner {
  readonly #channel: vscode.LogOutputChannel;
  readonly #redactor: Redactor;

  constructor(redactor: Redactor) {
    super();
    this.#redactor = redactor;
    this.#channel = this.own(vscode.window.createOutputChannel("Task Exports", { log: true }));
  }

  debug(message: string): void {
    this.#channel.debug(this.#redactor.redact(message));
  }

  info(message: string): void {
    this.#channel.info(this.#redactor.redact(message));
  }

  warn(message: string, error?: unknown): void {
    this.#channel.warn(this.#withError(message, error));
  }

  error(message: string, error?: unknown): void {
    this.#channel.error(this.#withError(message, error));
  }

  show(): void {
    this.#channel.show(true);
  }

  #withError(message: string, error: unknown): string {
    const text = this.#redactor.redact(message);
    return error === undefined ? text : `${text}: ${this.#redactor.describe(error)}`;
  }
}
