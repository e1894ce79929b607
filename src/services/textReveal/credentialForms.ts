import { t } from "@vscode/l10n";
import type { CredentialForm } from "../../model/contract.ts";
import { bareValue, bodyValue, headerValue, pastedBearer } from "../credentialText.ts";

/** Both sign-in methods, with labels in the current language. */
export function textRevealCredentialForms(): CredentialForm[] {
  return [apiKeyForm(), accessTokenForm()];
}

/** Checks key and secret. @throws ExportError `invalidRequest` */
export function checkedApiKey(values: { key: string | undefined; secret: string | undefined }) {
  return {
    kind: "apiKey" as const,
    key: bodyValue(values.key, t("API key")),
    secret: bodyValue(values.secret, t("API secret key")),
  };
}

/** Checks a token. @throws ExportError `invalidRequest` */
export function checkedAccessToken(values: { token: string | undefined }) {
  return { kind: "accessToken" as const, token: headerValue(values.token, t("Access token")) };
}

function apiKeyForm(): CredentialForm {
  return {
    kind: "apiKey",
    label: t("API key and secret"),
    detail: t("Used to request access tokens when needed"),
    fields: [
      { name: "key", label: t("API key"), secret: true },
      { name: "secret", label: t("API secret key"), secret: true },
    ],
    toCredentials: (values) => checkedApiKey({ key: values["key"], secret: values["secret"] }),
  };
}

function accessTokenForm(): CredentialForm {
  return {
    kind: "accessToken",
    label: t("Access token"),
    detail: t("A token you already have. It expires."),
    fields: [
      {
        name: "token",
        label: t("Access token"),
        placeholder: t("The token, or the whole Authorization line"),
        secret: true,
      },
    ],
    readPasted(text) {
      const token = bareValue(pastedBearer(text) ?? text);
      return token === text.trim() ? undefined : { token };
    },
    toCredentials: (values) => checkedAccessToken({ token: values["token"] }),
  };
}
