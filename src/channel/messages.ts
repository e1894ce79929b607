import type { Refusal } from "./requestMap.ts";

/** A message of the requester. */
export type RequesterMessage =
  | { readonly type: "request"; readonly id: number; readonly name: string; readonly argument: unknown }
  /** The answer is no longer needed, so none is sent. */
  | { readonly type: "cancel"; readonly id: number };

/** A message of the answerer. */
export type AnswererMessage =
  | { readonly type: "answer"; readonly id: number; readonly answer: unknown }
  | ({ readonly type: "refusal"; readonly id: number } & Refusal)
  | { readonly type: "event"; readonly name: string; readonly event: unknown };

type Fields = Readonly<Record<string, unknown>>;

/** Undefined for anything that is not a message of this protocol. */
export function readRequesterMessage(message: unknown): RequesterMessage | undefined {
  if (!isFields(message)) return undefined;
  const { type, id, name, argument } = message;
  if (!isId(id)) return undefined;
  if (type === "request" && typeof name === "string") return { type, id, name, argument };
  return type === "cancel" ? { type, id } : undefined;
}

/** Undefined for anything that is not a message of this protocol. */
export function readAnswererMessage(message: unknown): AnswererMessage | undefined {
  if (!isFields(message)) return undefined;
  const { type, id, name } = message;
  if (type === "event" && typeof name === "string") return { type, name, event: message["event"] };
  if (!isId(id)) return undefined;
  if (type === "answer") return { type, id, answer: message["answer"] };
  const { code, message: sentence } = message;
  const isRefusal = type === "refusal" && typeof code === "string" && typeof sentence === "string";
  return isRefusal ? { type, id, code, message: sentence } : undefined;
}

/** The ID of a message that can't be read, if it has one. Its sender may be waiting for an answer. */
export function idOf(message: unknown): number | undefined {
  return isFields(message) && isId(message["id"]) ? message["id"] : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
