import * as v from "valibot";

/**
 * Shapes of lists and records from outside whose number of entries is checked before any of them is read. The objects
 * can be proxies, so each entry is read once.
 */

const anyList = v.custom<readonly unknown[]>(Array.isArray);
const anyRecord = v.custom<Readonly<Record<string, unknown>>>((given) => typeof given === "object" && given !== null);

/** Valibot leaves these out without a word, so a filter of this name would be lost, and everything exported. */
const ignoredKeys = new Set(["__proto__", "prototype", "constructor"]);

/** A list of at most so many entries. */
export function boundedList<const Schema extends v.GenericSchema>(entry: Schema, most: number) {
  return v.pipe(
    anyList,
    v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
      const length = lengthOf(value);
      if (length >= 0 && length <= most) return entriesOf(value, length);
      // Otherwise valibot reads the list to describe it.
      addIssue({ received: "a long list" });
      return NEVER;
    }),
    v.array(entry),
  );
}

/** An object of at most so many entries. */
export function boundedRecord<const Schema extends v.GenericSchema>(
  entry: Schema,
  most: number,
  tooMany: () => string,
) {
  return v.pipe(
    anyRecord,
    v.check((given) => Object.keys(given).length <= most, tooMany),
    v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
      const keys = firstKeys(value, most);
      if (!keys.some((key) => ignoredKeys.has(key))) return Object.fromEntries(keys.map((key) => [key, value[key]]));
      addIssue({ received: "a name of JavaScript" });
      return NEVER;
    }),
    v.record(v.string(), entry),
  );
}

/**
 * The length of a list as a number. A proxy can have an object as its length, which is another number each time it is
 * compared.
 */
export function lengthOf(list: readonly unknown[]): number {
  const length: unknown = list.length;
  return Number(length);
}

/** The entries of a list, which can be any object that counts as one, such as a proxy. */
export function entriesOf(list: readonly unknown[], length: number): unknown[] {
  return Array.from({ length }, (_none, at) => list[at]);
}

/** A proxy can have more keys than when they were counted. */
function firstKeys(given: object, most: number): string[] {
  return Object.keys(given).slice(0, most);
}
