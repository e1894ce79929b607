/** What a request takes and what it answers. */
export interface Request<Argument, Answer> {
  readonly argument: Argument;
  readonly answer: Answer;
}

/** A protocol: its requests by name. A protocol's events are a plain map from name to event. */
export type RequestMap<Requests> = { readonly [Name in keyof Requests]: Request<unknown, unknown> };

/** For a side that says nothing without being asked. */
export type NoEvents = Readonly<Record<string, never>>;

/** Why a request was not answered. */
export interface Refusal {
  /** What programs read. */
  readonly code: string;
  /** One whole sentence for a person. */
  readonly message: string;
}
