import { t } from "@vscode/l10n";
import * as v from "valibot";
import { boundedList } from "./boundedShapes.ts";
import { credentialsSchema } from "./credentials.ts";
import { defined } from "./defined.ts";

/** The longest ID that is looked at. Longer text is no ID of any service. */
const longestId = 2000;
const mostFiles = 10_000;
const largestPage = 1000;

/**
 * An object that a caller passes. Each field is read once, fields that we don't know are ignored, and a field that is
 * `undefined` counts as absent.
 */
export function fields<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(
    v.object(entries),
    v.transform((given) => defined(given)),
  );
}

const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** An ID of an account. Whether there is such an account is decided later. */
export const accountId = v.pipe(v.string(), v.maxLength(longestId));

/**
 * The ID of a task, as text. A number beyond 2^53 has already lost digits when it arrives here, so it would name another
 * task.
 */
export const taskId = v.pipe(
  v.unknown(),
  v.check(
    (given) => typeof given === "string" || isWholeNumber(given),
    () => t("taskId must be a string or a whole number up to 9007199254740991. Pass a larger number as a string."),
  ),
  v.transform(String),
  v.check(
    (id) => id.trim() !== "" && id.length <= longestId,
    () => t("taskId is empty or too long. Copy it from the service again."),
  ),
);

export const fileIndexes = boundedList(wholeNumber, mostFiles);
export const tableOrText = v.picklist(["table", "text"]);

/** A path or a `file:` URI. Node throws an error of its own for a path with a null character. */
const folder = v.pipe(
  v.string(),
  v.check(
    (given) => !given.includes("\0") && !(given.startsWith("file:") && given.includes("%00")),
    () => t("folder contains a null character, which no path can have. Check the call."),
  ),
);

const optionFields = {
  files: v.optional(fileIndexes),
  folder: v.optional(folder),
  fileExists: v.optional(v.picklist(["ask", "overwrite", "keepBoth", "skip"])),
  open: v.optional(v.picklist(["table", "text", "none"])),
  beside: v.optional(v.boolean()),
};

export const downloadFields = { accountId: v.optional(accountId), ...optionFields };
/** The options of a download without its task. */
export const watchOptions = v.optional(fields(optionFields), {});

const accountFields = {
  endpoint: v.optional(v.string()),
  loginEndpoint: v.optional(v.string()),
  verify: v.optional(v.boolean()),
};

/** An account that may lack what a person is then asked for. */
export const partialAccountRequest = fields({
  ...accountFields,
  service: v.optional(v.string()),
  label: v.optional(v.string()),
  credentials: v.optional(credentialsSchema),
});

export const accountRequest = fields({
  ...accountFields,
  service: v.string(),
  label: v.string(),
  credentials: credentialsSchema,
});

export const partialDownloadRequest = fields({ ...downloadFields, taskId: v.optional(taskId) });
export const downloadRequest = fields({ ...downloadFields, taskId });

/** A signal of our own that follows the caller's, which can have functions of its own that throw. */
export const signal = v.optional(
  v.pipe(
    v.unknown(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const own = following(dataset.value);
      if (own !== undefined) return own;
      // Otherwise valibot reads the value to describe it, and a revoked proxy throws.
      addIssue({ received: "unknown" });
      return NEVER;
    }),
  ),
);

/** The options of a call that can be canceled. */
export const callOptions = v.optional(fields({ signal }), {});

export const pageOptions = v.optional(
  fields({
    signal,
    cursor: v.optional(v.string()),
    pageSize: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(largestPage))),
  }),
  {},
);

export const downloadOptions = v.optional(fields({ signal, onProgress: v.optional(v.function()) }), {});

/** A listener of an event. */
export const listener = v.function();

function isWholeNumber(given: unknown): boolean {
  return typeof given === "number" && Number.isSafeInteger(given) && given >= 0;
}

/** Undefined for an object that only looks like a signal, or inherits from one: it would never be aborted. */
function following(given: unknown): AbortSignal | undefined {
  try {
    if (!(given instanceof AbortSignal) || Object.getPrototypeOf(given) !== AbortSignal.prototype) return undefined;
    return AbortSignal.any([given]);
  } catch {
    return undefined;
  }
}
