import assert from "node:assert/strict";
import type { Asker } from "../../../../src/vscode/creating/questions.ts";
import { back } from "../../../../src/vscode/prompts/walkSteps.ts";

/** An answer to the question whose prompt or placeholder contains a text. For a list, the label of a row. */
export type Scripted = readonly [question: string, answer: string | readonly string[] | typeof back];

/** Answers questions in order, as a person would, and fails if another question comes. */
export class ScriptedAsker implements Asker {
  /** What was asked: prompts, placeholders and refusals. */
  readonly asked: string[] = [];
  /** The rows of the last list, as `label: description`. */
  rows: string[] = [];
  /** What the last input box contained. */
  value = "";
  readonly #script: Scripted[];

  constructor(...script: Scripted[]) {
    this.#script = script;
  }

  readonly text: Asker["text"] = (question) => {
    this.value = question.value ?? "";
    const answer = this.#answerTo(question.refusal ?? question.prompt);
    if (answer === back) return Promise.resolve(back);
    const typed = answer === "" ? this.value : String(answer);
    assert.equal(question.problem?.(typed), undefined, typed);
    return Promise.resolve(typed);
  };

  readonly choice: Asker["choice"] = (question) => {
    this.rows = question.choices.map(({ label, description = "" }) => `${label}: ${description}`);
    const answer = this.#answerTo(question.refusal ?? question.placeholder);
    if (answer === back) return Promise.resolve(back);
    const chosen = question.choices.find(({ label }) => label === answer);
    assert.ok(chosen !== undefined, `${String(answer)} is one of ${this.rows.join(", ")}`);
    return Promise.resolve(chosen.value);
  };

  readonly choices: Asker["choices"] = (question) => {
    const answer = this.#answerTo(question.refusal ?? question.placeholder);
    if (answer === back) return Promise.resolve(back);
    return Promise.resolve(question.choices.filter(({ label }) => answer.includes(label)).map(({ value }) => value));
  };

  /** Whether every answer was asked for. */
  get isDone(): boolean {
    return this.#script.length === 0;
  }

  #answerTo(question: string): Scripted[1] {
    this.asked.push(question);
    const [expected, answer] = this.#script.shift() ?? assert.fail(`nobody answers: ${question}`);
    assert.ok(question.includes(expected), `${question} (expected ${expected})`);
    return answer;
  }
}
