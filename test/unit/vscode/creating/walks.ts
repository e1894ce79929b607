import assert from "node:assert/strict";
import type { CreateDraft } from "../../../../src/model/createRequest.ts";
import { type ErrorCode, ExportError, type FieldProblem } from "../../../../src/model/exportError.ts";
import { createTaskRequest, requireSpaaza } from "../../../../src/services/spaaza/createTask.ts";
import { exportRequest, requireTextReveal } from "../../../../src/services/textReveal/exportRequest.ts";
import { toCreateRequest } from "../../../../src/model/createRequest.ts";
import { createStepwise } from "../../../../src/vscode/creating/createStepwise.ts";
import { Refusals } from "../../../../src/vscode/creating/questions.ts";
import { SpaazaQuestions } from "../../../../src/vscode/creating/spaazaQuestions.ts";
import { TextRevealQuestions } from "../../../../src/vscode/creating/textRevealQuestions.ts";
import { type Scripted, ScriptedAsker } from "./scriptedAsker.ts";

export const now = Date.parse("2026-01-31T06:00:00Z");
export const endpoint = "https://services.example.com";
export const review = "Check the request";
export const create = [review, "Create Export Task"] as const;
export const universe = "00000000-0000-4000-b000-000000000001";

export function refused(errors: FieldProblem[], code: ErrorCode = "invalidRequest"): ExportError {
  return new ExportError(code, "The service refused it.", { details: { errors } });
}

export interface Walk {
  readonly script: readonly Scripted[];
  readonly given?: CreateDraft;
  readonly proposal?: CreateDraft;
  readonly chain?: string | undefined;
  /** What sending fails with, one after the other. */
  readonly failures?: ExportError[];
}

/** Walks through the questions about an export of Spaaza, and returns what is sent. */
export async function spaaza({ script, given = {}, proposal = {}, failures = [], ...more }: Walk) {
  const ask = new ScriptedAsker(...script);
  const refusals = new Refusals();
  const chain = "chain" in more ? more.chain : "1743";
  const questions = new SpaazaQuestions({ ask, refusals, given, proposal, chain, now: () => now });
  const account = { id: "a1", service: "spaaza" };
  return walk(ask, refusals, questions, failures, (draft) =>
    createTaskRequest({ endpoint }, requireSpaaza(toCreateRequest(draft, account)), now),
  );
}

export async function textReveal({ script, given = {}, proposal = {}, failures = [] }: Walk) {
  const ask = new ScriptedAsker(...script);
  const refusals = new Refusals();
  const askUniverse = async (question: { current: string | undefined; refusal?: string }) => {
    const choices = [{ label: universe, value: universe }];
    const chosen = await ask.choice({ placeholder: question.refusal ?? "universe", choices }, {});
    return chosen;
  };
  const questions = new TextRevealQuestions({ ask, refusals, askUniverse, given, proposal });
  const account = { id: "a1", service: "textreveal" };
  return walk(ask, refusals, questions, failures, (draft) =>
    exportRequest({ endpoint }, requireTextReveal(toCreateRequest(draft, account))),
  );
}

async function walk(
  ask: ScriptedAsker,
  refusals: Refusals,
  questions: Parameters<typeof createStepwise>[1]["questions"],
  failures: ExportError[],
  preview: (draft: CreateDraft) => ReturnType<typeof createTaskRequest>,
) {
  const sent: unknown[] = [];
  const copied: string[] = [];
  const task = await createStepwise("Create Export Task", {
    ask,
    refusals,
    questions,
    preview,
    create: (draft) => {
      sent.push(preview(draft).body ?? preview(draft).url);
      const failure = failures.shift();
      return failure === undefined ? Promise.resolve({ accountId: "a1", taskId: "90001" }) : Promise.reject(failure);
    },
    copy: (text) => {
      copied.push(text);
      return Promise.resolve();
    },
    now: () => now,
  });
  assert.ok(ask.isDone);
  assert.deepEqual(task, { accountId: "a1", taskId: "90001" });
  return { ask, sent, copied };
}
