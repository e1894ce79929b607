import { createHash } from "node:crypto";
import type { Credentials } from "../src/model/contract.ts";
import type { StoreAccount } from "./store/azuriteProcess.ts";

type CredentialsOf<Kind extends Credentials["kind"]> = Extract<Credentials, { kind: Kind }>;

export interface SandboxCredentials {
  privileged: CredentialsOf<"privileged">;
  admin: CredentialsOf<"admin">;
  apiKey: CredentialsOf<"apiKey">;
  accessToken: CredentialsOf<"accessToken">;
  store: StoreAccount;
}

/** The Spaaza chain of all tasks in the sandbox. */
export const sandboxChain = 1743;

/** Generated only from the seed, so that a restarted sandbox accepts stored accounts. Each value says what it is. */
export function createCredentials(seed: number): SandboxCredentials {
  const digits = (name: string): string => createHash("sha256").update(`${seed} ${name}`).digest("hex");
  return {
    privileged: {
      kind: "privileged",
      tokenId: `5a4db0c5-0000-4000-8000-${digits("token id").slice(0, 12)}`,
      tokenSecret: `sandbox-token-secret-${digits("token secret").slice(0, 24)}`,
    },
    admin: {
      kind: "admin",
      userId: String(10_000 + (Number.parseInt(digits("user").slice(0, 8), 16) % 90_000)),
      sessionKey: `sandbox-session-key-${digits("session").slice(0, 24)}`,
      chainId: String(sandboxChain),
    },
    apiKey: {
      kind: "apiKey",
      key: `sandbox-api-key-${digits("key").slice(0, 16)}`,
      secret: `sandbox-api-secret-${digits("secret").slice(0, 24)}`,
    },
    accessToken: { kind: "accessToken", token: `sandbox-access-token-${digits("token").slice(0, 24)}` },
    store: { name: "sandbox", key: Buffer.from(digits("store"), "hex").toString("base64") },
  };
}
