/** The argument and the answer of a request. */
export interface Request<Argument, Answer> {
  readonly argument: Argument;
  readonly answer: Answer;
}

/** The requests of a protocol, by name. The events of a protocol are a plain map from name to event. */
export type RequestMap<Requests> = { readonly [Name in keyof Requests]: Request<unknown, unknown> };

/** For a protocol without events. */
export type NoEvents = Readonly<Record<string, never>>;

/** Why a request was not answered. */
export interface Refusal {
  /** For programs. */
  readonly code: string;
  /** A complete sentence for people. */
  readonly message: string;
}
