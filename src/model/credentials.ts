import { t } from "@vscode/l10n";
import * as v from "valibot";
import { boundedRecord } from "./boundedShapes.ts";
import type { Credentials } from "./contract.ts";

/** The longest value that is accepted. Real keys and tokens are much shorter. */
export const longestCredential = 4096;
const mostValues = 100;

/** White space around a value comes from copying. It is removed here, so that what is stored is what the log hides. */
const storedValue = v.pipe(v.string(), v.trim());
const value = v.pipe(
  storedValue,
  v.check(
    (given) => given.length <= longestCredential,
    () => t("A value of the credentials is longer than {0} characters. Copy it again.", longestCredential),
  ),
);

/** The shape of credentials in the secret storage. Values from before there was a limit can be longer. */
export const storedCredentialsSchema = shapeOf(storedValue, v.record(v.string(), storedValue));

/** The shape of credentials from callers. Other fields are dropped. */
export const credentialsSchema = shapeOf(
  value,
  boundedRecord(value, mostValues, () => t("The credentials have more than {0} values. Check the call.", mostValues)),
);

function shapeOf(value: v.GenericSchema<string, string>, values: v.GenericSchema<unknown, Record<string, string>>) {
  const filled = v.pipe(value, v.nonEmpty());
  return v.variant("kind", [
    v.object({ kind: v.literal("privileged"), tokenId: filled, tokenSecret: filled }),
    v.object({ kind: v.literal("admin"), userId: filled, sessionKey: filled, chainId: filled }),
    v.object({ kind: v.literal("apiKey"), key: filled, secret: filled }),
    v.object({ kind: v.literal("accessToken"), token: filled }),
    v.object({ kind: v.literal("custom"), values }),
  ]) satisfies v.GenericSchema<unknown, Credentials>;
}

export const credentialKinds = credentialsSchema.options.map(({ entries }) => entries.kind.literal);

/** The values that must never be shown: all except those that only name a user or a chain. */
export function secretValues(credentials: Credentials): string[] {
  switch (credentials.kind) {
    case "privileged":
      return [credentials.tokenId, credentials.tokenSecret];
    case "admin":
      return [credentials.sessionKey];
    case "apiKey":
      return [credentials.key, credentials.secret];
    case "accessToken":
      return [credentials.token];
    case "custom":
      return Object.values(credentials.values);
  }
}
