import type { ErrorCode } from "../../model/exportError.ts";

/** What a host and one of its worker threads say to each other: requests that are always answered, and events. */

/** A map from a request's name to what it takes and answers. */
export type RequestMap<Requests> = { readonly [Name in keyof Requests]: { argument: unknown; answer: unknown } };

export type AskMessage<Requests extends RequestMap<Requests>> =
  | RequestMessage<Requests, keyof Requests>
  /** Nobody waits for the answer any more. */
  | { readonly type: "cancel"; readonly id: number };

export interface RequestMessage<Requests extends RequestMap<Requests>, Name extends keyof Requests> {
  readonly type: "ask";
  readonly id: number;
  readonly name: Name;
  readonly argument: Requests[Name]["argument"];
}

/** An `ExportError` without what can't be cloned. */
export interface PlainFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

export type ReplyMessage<Events> =
  | { readonly type: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly type: "failure"; readonly id: number; readonly failure: PlainFailure }
  | EventMessage<Events, keyof Events>;

export interface EventMessage<Events, Name extends keyof Events> {
  readonly type: "event";
  readonly name: Name;
  readonly event: Events[Name];
}
