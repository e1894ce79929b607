import { t } from "@vscode/l10n";
import type { AddAccountRequest, ExportService } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { CredentialQuestions } from "./askCredentials.ts";
import { askUrl } from "./askUrl.ts";
import { askChoice, askText } from "./steps.ts";
import { needsTokenUrl } from "./tokenUrl.ts";
import { back, walkSteps, type Step } from "./walkSteps.ts";

/** The answers so far. */
interface Draft {
  service: ExportService;
  label: string;
  endpoint: string;
  loginEndpoint: string | undefined;
}

/**
 * Asks for everything a new account needs: service, label, base URL, credentials. The service has accepted the
 * credentials when this resolves, so they don't need another check.
 *
 * @throws ExportError `cancelled`
 */
export async function askNewAccount(accounts: Accounts, given: Partial<AddAccountRequest>): Promise<AddAccountRequest> {
  return new NewAccountQuestions(accounts, given).ask();
}

class NewAccountQuestions {
  readonly #accounts: Accounts;
  readonly #given: Partial<AddAccountRequest>;
  readonly #draft: Draft;
  #questions: CredentialQuestions;

  constructor(accounts: Accounts, given: Partial<AddAccountRequest>) {
    this.#accounts = accounts;
    this.#given = given;
    const service = accounts.services.get(given.service ?? "spaaza");
    this.#draft = { service, label: "", endpoint: "", loginEndpoint: undefined };
    this.#questions = this.#startOver(service);
  }

  async ask(): Promise<AddAccountRequest> {
    await walkSteps(t("Add Account"), () => this.#steps());
    const { service, ...rest } = this.#request();
    return { ...rest, service, credentials: this.#given.credentials ?? this.#questions.answer, verify: false };
  }

  #steps(): Step[] {
    const { service, label, endpoint, credentials } = this.#given;
    return [
      ...(service === undefined ? [this.#askService] : []),
      ...(label === undefined ? [this.#askLabel] : []),
      ...(endpoint === undefined ? this.#endpointSteps() : []),
      ...(credentials === undefined ? this.#questions.methodSteps() : []),
      ...(this.#needsLoginEndpoint() ? [this.#askLoginEndpoint] : []),
      ...(credentials === undefined ? this.#questions.fieldSteps() : []),
    ];
  }

  /** Resets the answers that depend on the service. */
  #startOver(service: ExportService): CredentialQuestions {
    const others = this.#accounts.store.list().map(({ label }) => label);
    this.#draft.service = service;
    this.#draft.label = this.#given.label ?? freeLabel(service.label, others);
    this.#draft.endpoint = this.#given.endpoint ?? service.defaultEndpoint ?? service.endpoints[0]?.url ?? "";
    this.#draft.loginEndpoint = this.#given.loginEndpoint ?? service.defaultLoginEndpoint;
    return new CredentialQuestions(service, (credentials, signal) =>
      this.#accounts.checkDraft(this.#accounts.draft(this.#request()), credentials, { signal }),
    );
  }

  #request(): Omit<AddAccountRequest, "credentials"> {
    const { service, label, endpoint, loginEndpoint } = this.#draft;
    return { service: service.id, label, endpoint, ...defined({ loginEndpoint }) };
  }

  readonly #askService: Step = async (place) => {
    const choices = this.#accounts.services.all.map((service) => ({ label: service.label, value: service }));
    const chosen = await askChoice({ placeholder: t("Select a service"), choices, active: this.#draft.service }, place);
    if (chosen === back) return back;
    if (chosen !== this.#draft.service) this.#questions = this.#startOver(chosen);
    return undefined;
  };

  readonly #askLabel: Step = async (place) => {
    const answer = await askText(
      {
        prompt: t("Account name in the Tasks view"),
        value: this.#draft.label,
        problem: (value) => (value.trim() === "" ? t("Enter a name.") : undefined),
      },
      place,
    );
    if (answer === back) return back;
    this.#draft.label = answer.trim();
    return undefined;
  };

  /** Documented URLs are offered as a list, with a way to enter another one. A default URL is only filled in. */
  #endpointSteps(): Step[] {
    const { service, endpoint } = this.#draft;
    if (service.defaultEndpoint !== undefined || service.endpoints.length === 0) return [this.#typeEndpoint];
    return isDocumented(service, endpoint) ? [this.#chooseEndpoint] : [this.#chooseEndpoint, this.#typeEndpoint];
  }

  readonly #chooseEndpoint: Step = async (place) => {
    const { service } = this.#draft;
    const choices = [
      ...service.endpoints.map(({ url, description }) => ({
        label: url,
        ...defined({ description }),
        value: url,
      })),
      // Stays in the list while a URL is typed or pasted into it, and then takes that URL over.
      { label: t("Another URL…"), value: "", alwaysShow: true },
    ];
    const placeholder = t("Base URL of {0}", service.label);
    const wasDocumented = isDocumented(service, this.#draft.endpoint);
    const active = wasDocumented ? this.#draft.endpoint : "";
    let typed = "";
    // Other text was typed to find a row in the list.
    const onTyped = (text: string): void => void (typed = /[.:]/.test(text) ? text.trim() : "");
    const chosen = await askChoice({ placeholder, choices, active, onTyped }, place);
    if (chosen === back) return back;
    // A URL that was entered before is kept for its box.
    if (chosen !== "") this.#draft.endpoint = chosen;
    else if (typed !== "" || wasDocumented) this.#draft.endpoint = typed;
    return undefined;
  };

  readonly #typeEndpoint: Step = async (place) => {
    const prompt = t("Base URL of {0}", this.#draft.service.label);
    const answer = await askUrl(prompt, this.#draft.endpoint, place);
    if (answer === back) return back;
    this.#draft.endpoint = answer;
    return undefined;
  };

  #needsLoginEndpoint(): boolean {
    if (this.#given.loginEndpoint !== undefined) return false;
    const kind = this.#given.credentials?.kind ?? this.#questions.kind;
    return needsTokenUrl(this.#draft.service, this.#draft.endpoint, kind);
  }

  readonly #askLoginEndpoint: Step = async (place) => {
    const answer = await askUrl(t("Token URL"), this.#draft.loginEndpoint ?? "", place);
    if (answer === back) return back;
    this.#draft.loginEndpoint = answer;
    return undefined;
  };
}

function isDocumented({ endpoints }: ExportService, endpoint: string): boolean {
  return endpoints.some(({ url }) => url === endpoint);
}

function freeLabel(wanted: string, taken: readonly string[]): string {
  let label = wanted;
  for (let count = 2; taken.includes(label); count++) label = `${wanted} ${count}`;
  return label;
}
