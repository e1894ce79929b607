import * as v from "valibot";
import type { Credentials } from "./contract.ts";

/** White space around a value comes from copying. It is removed here, so that what is stored is what the log hides. */
const value = v.pipe(v.string(), v.trim(), v.nonEmpty());

/** The shape of credentials from callers and in the secret storage. Other fields are dropped. */
export const credentialsSchema = v.variant("kind", [
  v.object({ kind: v.literal("privileged"), tokenId: value, tokenSecret: value }),
  v.object({ kind: v.literal("admin"), userId: value, sessionKey: value, chainId: value }),
  v.object({ kind: v.literal("apiKey"), key: value, secret: value }),
  v.object({ kind: v.literal("accessToken"), token: value }),
  v.object({ kind: v.literal("custom"), values: v.record(v.string(), v.pipe(v.string(), v.trim())) }),
]) satisfies v.GenericSchema<unknown, Credentials>;

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
