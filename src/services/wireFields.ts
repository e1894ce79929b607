import * as v from "valibot";
import { momentOf } from "../model/outsideNumbers.ts";

const longestWords = 10_000;

/** A field that is ignored unless it has the documented type. */
export function maybe<Schema extends v.GenericSchema>(schema: Schema) {
  return v.fallback(v.optional(schema), undefined);
}

/** A list of anything. Its entries are not copied or looked at, so that a very long list costs nothing. */
export const anyList = v.custom<readonly unknown[]>(Array.isArray);

/** The first entries of a list of anything. */
export function firstOf(most: number) {
  return v.pipe(
    anyList,
    v.transform((entries) => entries.slice(0, most)),
  );
}

/** What people read of a task, shortened if it is longer than anyone would read. */
export const words = v.pipe(
  v.string(),
  v.transform((text) => text.slice(0, longestWords)),
);

/** A date and time that can be read, unchanged; undefined for any other text. */
export function moment(text: string | undefined): string | undefined {
  return momentOf(text) === undefined ? undefined : text;
}

const longestId = 200;

/** Characters that end a line or control a terminal. IDs and URLs are copied and pasted into terminals. */
const lineEnds = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Whether a text stays on one line wherever it is pasted. */
export function isOneLine(text: string): boolean {
  return !lineEnds.test(text);
}

/** The ID of a task. */
export const taskIdText = v.pipe(v.string(), v.nonEmpty(), v.maxLength(longestId), v.check(isOneLine));
