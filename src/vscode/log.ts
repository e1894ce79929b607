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
    this.#write("debug", () => this.#redactor.redact(message));
  }

  info(message: string): void {
    this.#write("info", () => this.#redactor.redact(message));
  }

  warn(message: string, error?: unknown): void {
    this.#write("warn", () => this.#withError(message, error));
  }

  error(message: string, error?: unknown): void {
    this.#write("error", () => this.#withError(message, error));
  }

  show(): void {
    this.#channel.show(true);
  }

  /** A message that can't be made safe or written must not end the work that it is about. */
  #write(level: "debug" | "info" | "warn" | "error", safe: () => string): void {
    try {
      this.#channel[level](safe());
    } catch {
      // The error can contain the message, so it isn't written either.
    }
  }

  #withError(message: string, error: unknown): string {
    const text = this.#redactor.redact(message);
    return error === undefined ? text : `${text}: ${this.#redactor.describe(error)}`;
  }
}
