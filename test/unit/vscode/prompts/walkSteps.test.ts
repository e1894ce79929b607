import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ExportError } from "../../../../src/model/exportError.ts";
import { back, GoTo, type Step, type StepPlace, walkSteps } from "../../../../src/vscode/prompts/walkSteps.ts";

/** Steps that answer from a list, and the places that they were shown at. */
class Answers {
  readonly places: StepPlace[] = [];
  readonly #answers: (typeof back | undefined)[];

  constructor(...answers: (typeof back | undefined)[]) {
    this.#answers = answers;
  }

  readonly step: Step = (place) => {
    this.places.push(place);
    return Promise.resolve(this.#answers.shift());
  };

  get shown(): string[] {
    return this.places.map(({ step, totalSteps }) => `${step}/${totalSteps}`);
  }
}

const isCancelled = (error: unknown): boolean => error instanceof ExportError && error.code === "cancelled";

describe("A walk through steps", () => {
  it("asks each step once and says which one it is", async () => {
    const answers = new Answers(undefined, undefined);
    await walkSteps("Add Account", () => [answers.step, answers.step]);
    assert.deepEqual(answers.places, [
      { title: "Add Account", step: 1, totalSteps: 2 },
      { title: "Add Account", step: 2, totalSteps: 2 },
    ]);
  });

  it("returns to the previous step on Back", async () => {
    const answers = new Answers(undefined, back, undefined, undefined);
    await walkSteps("Add Account", () => [answers.step, answers.step]);
    assert.deepEqual(answers.shown, ["1/2", "2/2", "1/2", "2/2"]);
  });

  it("is canceled by Back in the first step", async () => {
    const answers = new Answers(back);
    await assert.rejects(
      walkSteps("Add Account", () => [answers.step]),
      isCancelled,
    );
  });

  it("goes to another step if an answer leads there, and on from it", async () => {
    const answers = new Answers(undefined, undefined, undefined, undefined);
    let isCorrected = false;
    const last: Step = (place) => {
      answers.places.push(place);
      if (isCorrected) return Promise.resolve(undefined);
      isCorrected = true;
      return Promise.resolve(new GoTo(first));
    };
    const first: Step = (place) => answers.step(place);
    const second: Step = (place) => answers.step(place);
    await walkSteps("Create", () => [first, second, last]);
    assert.deepEqual(answers.shown, ["1/3", "2/3", "3/3", "1/3", "2/3", "3/3"]);
  });

  it("fails if an answer leads to a step that isn't asked", async () => {
    const nowhere: Step = () => Promise.resolve(undefined);
    await assert.rejects(
      walkSteps("Create", () => [() => Promise.resolve(new GoTo(nowhere))]),
      /isn't asked/,
    );
  });

  it("shows a step that an answer added, and leaves out one that an answer removed", async () => {
    const answers = new Answers(undefined, undefined, back, back, undefined);
    let rounds = 0;
    await walkSteps("Add Account", () => {
      rounds++;
      return rounds === 2 || rounds === 3 ? [answers.step, answers.step, answers.step] : [answers.step];
    });
    assert.deepEqual(answers.shown, ["1/1", "2/3", "3/3"]);
  });
});
