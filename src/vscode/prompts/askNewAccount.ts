import { t } from "@vscode/l10n";
import type { AddAccountRequest, ExportService } from "../../model/contract.ts";
import { requireSafeEndpoint } from "../../model/hostRules.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { CredentialQuestions } from "./askCredentials.ts";
import { askChoice, askText, back, walkSteps, type Step } from "./steps.ts";
import { defined } from "../../model/defined.ts";

/** What the dialogue knows so far. */
interface Draft {
  service: ExportService;
  label: string;
  endpoint: string;
  loginEndpoint: string | undefined;
}

/**
 * Walks a person through a new account: service, label, base URL, credentials. The service has accepted the
 * credentials when this answers, so they need no second check.
 *
 * @throws ExportError `cancelled`
 */
export async function askNewAccount(accounts: Accounts, given: Partial<AddAccountRequest>): Promise<AddAccountRequest> {
  return new NewAccountDialogue(accounts, given).ask();
}

class NewAccountDialogue {
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
      ...(this.#needsLoginEndpoint() ? [this.#askLoginEndpoint] : []),
      ...(credentials === undefined ? this.#questions.steps() : []),
    ];
  }

  /** Values that belong to a service; another choice of service begins them anew. */
  #startOver(service: ExportService): CredentialQuestions {
    const others = this.#accounts.store.list().map(({ label }) => label);
    this.#draft.service = service;
    this.#draft.label = this.#given.label ?? freeLabel(service.label, others);
    this.#draft.endpoint = this.#given.endpoint ?? service.defaultEndpoint ?? "";
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
    const chosen = await askChoice(
      { placeholder: t("Choose the service"), choices, active: this.#draft.service },
      place,
    );
    if (chosen === back) return back;
    if (chosen !== this.#draft.service) this.#questions = this.#startOver(chosen);
    return undefined;
  };

  readonly #askLabel: Step = async (place) => {
    const answer = await askText(
      {
        prompt: t("A name for the account, as the Tasks view shows it"),
        value: this.#draft.label,
        problem: (value) => (value.trim() === "" ? t("A name is needed.") : undefined),
      },
      place,
    );
    if (answer === back) return back;
    this.#draft.label = answer.trim();
    return undefined;
  };

  /** Known addresses are offered as a list with a way to type another; a service with a default just shows that. */
  #endpointSteps(): Step[] {
    const { service, endpoint } = this.#draft;
    if (service.defaultEndpoint !== undefined || service.endpoints.length === 0) return [this.#typeEndpoint];
    const isListed = service.endpoints.some(({ url }) => url === endpoint);
    return isListed ? [this.#chooseEndpoint] : [this.#chooseEndpoint, this.#typeEndpoint];
  }

  readonly #chooseEndpoint: Step = async (place) => {
    const { service } = this.#draft;
    const choices = [
      ...service.endpoints.map(({ url, description }) => ({
        label: url,
        ...defined({ description }),
        value: url,
      })),
      { label: t("Another address…"), value: "" },
    ];
    const placeholder = t("Base URL of {0}", service.label);
    const chosen = await askChoice({ placeholder, choices, active: this.#draft.endpoint }, place);
    if (chosen === back) return back;
    const isListed = service.endpoints.some(({ url }) => url === this.#draft.endpoint);
    if (chosen !== "" || isListed) this.#draft.endpoint = chosen;
    return undefined;
  };

  readonly #typeEndpoint: Step = async (place) => {
    const prompt = t("Base URL of {0}", this.#draft.service.label);
    const answer = await askAddress(prompt, this.#draft.endpoint, place);
    if (answer === back) return back;
    this.#draft.endpoint = answer;
    return undefined;
  };

  /** A token is got from the service's usual address unless the service itself is somewhere else. */
  #needsLoginEndpoint(): boolean {
    const { service, endpoint } = this.#draft;
    if (service.defaultLoginEndpoint === undefined || this.#given.loginEndpoint !== undefined) return false;
    return endpoint !== service.defaultEndpoint;
  }

  readonly #askLoginEndpoint: Step = async (place) => {
    const answer = await askAddress(t("Address that gives access tokens"), this.#draft.loginEndpoint ?? "", place);
    if (answer === back) return back;
    this.#draft.loginEndpoint = answer;
    return undefined;
  };
}

async function askAddress(prompt: string, value: string, place: Parameters<Step>[0]): Promise<string | typeof back> {
  const answer = await askText({ prompt, value, placeholder: "https://", problem: addressProblem }, place);
  return answer === back ? back : requireSafeEndpoint(answer);
}

function addressProblem(value: string): string | undefined {
  try {
    requireSafeEndpoint(value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function freeLabel(wanted: string, taken: readonly string[]): string {
  let label = wanted;
  for (let count = 2; taken.includes(label); count++) label = `${wanted} ${count}`;
  return label;
}
