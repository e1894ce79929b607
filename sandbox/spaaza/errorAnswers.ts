import { json, plainText } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";

/**
 * The JSON shape of an error. Spaaza documents the error conditions of its Services API, but neither status nor JSON,
 * so the sandbox has each condition in each of these shapes. The last digit of a reserved ID is the index of the shape.
 */
export const errorShapes = [
  "message",
  "errorText",
  "envelope",
  "envelopeUnder200",
  "errorsArray",
  "plainText",
] as const;
export type ErrorShape = (typeof errorShapes)[number];

/** A documented condition, in the words of the documentation. */
export interface Condition {
  /** Assumed: the documentation gives no statuses. */
  status: number;
  name: string;
  sentence: string;
}

export const conditions = {
  notAnExport: {
    status: 400,
    name: "invalid_task_type",
    sentence: "invalid task type: only export tasks actions are allowed",
  },
  unauthorized: {
    status: 401,
    name: "auth_failed",
    sentence: "No valid authentication provided or insufficient permissions.",
  },
  forbidden: {
    status: 403,
    name: "forbidden",
    sentence: "No valid authentication provided or insufficient permissions.",
  },
  notFound: {
    status: 404,
    name: "task_not_found",
    sentence: "No task exists with the specified ID for this chain.",
  },
  notDone: { status: 409, name: "task_not_done", sentence: "task status is not DONE" },
  noResult: {
    status: 422,
    name: "invalid_result",
    sentence: "the task completed successfully, but contains an invalid result",
  },
} as const satisfies Record<string, Condition>;

export function errorAnswer(condition: Condition, shape: ErrorShape = "envelope"): Answer {
  const { status, name, sentence } = condition;
  const error = { code: 5, name, description: sentence };
  const envelope = { result: { code: 2, status: "error" }, error };
  switch (shape) {
    case "message":
      return json(status, { message: sentence });
    case "errorText":
      return json(status, { error: sentence });
    case "envelope":
      return json(status, envelope);
    case "envelopeUnder200":
      return json(200, envelope);
    case "errorsArray":
      return json(status, { errors: [error] });
    case "plainText":
      return plainText(status, sentence);
  }
}

/** A rejected request with the invalid fields. The shape is assumed. */
export function invalidRequest(fields: readonly string[]): Answer {
  const errors = fields.map((field) => ({
    code: 4,
    name: "invalid_parameter",
    description: `${field} is not valid`,
    field,
  }));
  return json(400, { result: { code: 2, status: "error" }, errors });
}
