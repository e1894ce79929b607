import type { InputFields, InputOf } from "./toolInput.ts";

/** What a person reads before a tool runs. */
export interface ToolQuestion {
  readonly title: string;
  /** Names what is requested, what is saved, and what leaves this computer. */
  readonly lines: readonly string[];
  /** Shown while it runs. */
  readonly running: string;
}

/** A tool for language models. */
export interface ExportTool<Fields extends InputFields = InputFields> {
  /** As in the manifest. */
  readonly name: string;
  readonly fields: Fields;
  /** Has no effects. @throws ExportError for an input that can't work, so that nobody is asked about it */
  ask(input: InputOf<Fields>): ToolQuestion;
  /** The answer, which becomes JSON. Contains no URL and no credentials. @throws ExportError */
  run(input: InputOf<Fields>, signal: AbortSignal): Promise<object>;
}
