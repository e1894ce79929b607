import { t } from "@vscode/l10n";
import type { CredentialForm, Credentials } from "../../model/contract.ts";
import { bareValue, headerValue, pastedBearer, pastedHeader } from "../credentialText.ts";
import { wrongCredentialKind } from "../serviceErrors.ts";
import { label } from "./errors.ts";

/** The names of the headers that an admin session sends. */
const sessionHeaders = {
  userId: "X-Spaaza-Session-User-Id",
  sessionKey: "X-Spaaza-Session-Key",
  chainId: "X-Spaaza-Session-Chain-Id",
} as const;

/** Both sign-in methods, with labels in the current language. */
export function spaazaCredentialForms(): CredentialForm[] {
  return [privilegedForm(), adminForm()];
}

/**
 * The headers that sign in a request.
 *
 * @throws ExportError `invalidRequest` for credentials of another service, or values that a header can't contain.
 */
export function spaazaHeaders(credentials: Credentials): Record<string, string> {
  switch (credentials.kind) {
    case "privileged": {
      const { tokenId, tokenSecret } = checkedPrivileged(credentials);
      return { authorization: `Bearer ${tokenId}:${tokenSecret}` };
    }
    case "admin": {
      const { userId, sessionKey, chainId } = checkedAdmin(credentials);
      return {
        [sessionHeaders.userId]: userId,
        [sessionHeaders.sessionKey]: sessionKey,
        [sessionHeaders.chainId]: chainId,
      };
    }
    case "apiKey":
    case "accessToken":
    case "custom":
      throw wrongCredentialKind(label);
  }
}

function privilegedForm(): CredentialForm {
  return {
    kind: "privileged",
    label: t("Privileged token"),
    detail: t("The ID and secret of a token for one chain"),
    fields: [
      {
        name: "tokenId",
        label: t("Token ID"),
        placeholder: t("The ID, id:secret, or the whole Authorization line"),
        secret: false,
      },
      { name: "tokenSecret", label: t("Token secret"), secret: true },
    ],
    readPasted(text) {
      const value = bareValue(pastedBearer(text) ?? text);
      const [tokenId = "", ...rest] = value.split(":");
      const tokenSecret = rest.join(":");
      if (tokenId !== "" && tokenSecret !== "" && !/\s/.test(value)) return { tokenId, tokenSecret };
      return value === text.trim() ? undefined : { tokenId: value };
    },
    toCredentials: (values) => checkedPrivileged({ tokenId: values["tokenId"], tokenSecret: values["tokenSecret"] }),
  };
}

function adminForm(): CredentialForm {
  return {
    kind: "admin",
    label: t("Admin session"),
    detail: t("The values of a session you already have"),
    fields: [
      {
        name: "userId",
        label: t("Session user ID"),
        placeholder: t("The ID, or all three header lines"),
        secret: false,
      },
      { name: "sessionKey", label: t("Session key"), secret: true },
      { name: "chainId", label: t("Chain ID"), secret: false },
    ],
    readPasted(text) {
      const values: Record<string, string> = {};
      for (const [name, header] of Object.entries(sessionHeaders)) {
        const value = pastedHeader(text, header);
        if (value !== undefined) values[name] = value;
      }
      return Object.keys(values).length === 0 ? undefined : values;
    },
    toCredentials: (values) =>
      checkedAdmin({ userId: values["userId"], sessionKey: values["sessionKey"], chainId: values["chainId"] }),
  };
}

function checkedPrivileged(values: { tokenId: string | undefined; tokenSecret: string | undefined }) {
  return {
    kind: "privileged" as const,
    tokenId: headerValue(values.tokenId, t("Token ID")),
    tokenSecret: headerValue(values.tokenSecret, t("Token secret")),
  };
}

function checkedAdmin(values: {
  userId: string | undefined;
  sessionKey: string | undefined;
  chainId: string | undefined;
}) {
  return {
    kind: "admin" as const,
    userId: headerValue(values.userId, t("Session user ID")),
    sessionKey: headerValue(values.sessionKey, t("Session key")),
    chainId: headerValue(values.chainId, t("Chain ID")),
  };
}
