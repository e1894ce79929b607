import { t } from "@vscode/l10n";
import type { Port } from "../../channel/port.ts";
import { Requester } from "../../channel/requester.ts";
import { hostChecks } from "./hostMessages.ts";
import type { GridRequests, HostEvents } from "./messages.ts";

/** The host said no. `message` is one whole sentence for the user. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The page's end of the channel to the extension host. */
export type HostLink = Requester<GridRequests, HostEvents>;

export function createHostLink(port: Port): HostLink {
  const noAnswer = (): Refusal => new Refusal("unexpectedAnswer", t("The table received an unexpected answer."));
  return new Requester(port, {
    checks: hostChecks,
    errors: {
      refused: ({ code, message }) => new Refusal(code, message),
      cancelled: () => new Refusal("cancelled", t("Canceled.")),
      ended: noAnswer,
      unreadable: noAnswer,
    },
  });
}
