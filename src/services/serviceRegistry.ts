import { t } from "@vscode/l10n";
import { unknownService } from "../model/accountErrors.ts";
import type { ExportService } from "../model/contract.ts";
import { ExportError } from "../model/exportError.ts";
import { areSimilar, mixesAlphabets } from "./similarNames.ts";

/** A service that a typed text may belong to, and the task id in that text. */
export interface TaskOwner {
  readonly service: ExportService;
  readonly taskId: string;
  /** Otherwise, the service is another extension's, which can claim any text. */
  readonly isBuiltIn: boolean;
}

/** All services, including those that other extensions registered. */
export class ServiceRegistry {
  readonly #services = new Map<string, ExportService>();
  readonly #builtIn = new Set<ExportService>();
  readonly #listeners = new Set<(serviceId: string) => void>();

  /** In the order in which they were registered. */
  get all(): readonly ExportService[] {
    return [...this.#services.values()];
  }

  /**
   * Adds a service until the result is disposed.
   *
   * @param origin whether it is one of ours or another extension's
   * @throws ExportError `invalidRequest` if the id is already used. Accounts are stored by it, and a service must not
   * get the credentials of another one. The same goes for the name, by which people select a service before they enter
   * their credentials: it must not look like another one's, or be made to.
   */
  register(service: ExportService, origin: "builtIn" | "extension" = "extension"): { dispose(): void } {
    const { id } = service;
    if (this.#services.has(id)) throw serviceIdTaken(id);
    if (this.all.some(({ label }) => areSimilar(label, service.label))) throw serviceNameTaken(service.label);
    if (mixesAlphabets(service.label)) throw misleadingName(service.label);
    this.#services.set(id, service);
    if (origin === "builtIn") this.#builtIn.add(service);
    this.#tell(id);
    return {
      dispose: () => {
        if (this.#services.get(id) !== service) return;
        this.#services.delete(id);
        this.#builtIn.delete(service);
        this.#tell(id);
      },
    };
  }

  /** @throws ExportError `invalidRequest` if there is no such service */
  get(id: string): ExportService {
    const service = this.#services.get(id);
    if (service === undefined) throw unknownService(id);
    return service;
  }

  has(id: string): boolean {
    return this.#services.has(id);
  }

  /** The services that find one of their task ids in typed or pasted text, the built-in ones first. */
  findOwners(text: string): TaskOwner[] {
    const owners = this.all.flatMap((service): TaskOwner[] => {
      const taskId = service.findTaskId(text);
      return taskId === undefined ? [] : [{ service, taskId, isBuiltIn: this.#builtIn.has(service) }];
    });
    return owners.toSorted((one, other) => Number(other.isBuiltIn) - Number(one.isBuiltIn));
  }

  /** Calls the listener with the id of each service that is added or removed, until the result is disposed. */
  onDidChange(listener: (serviceId: string) => void): { dispose(): void } {
    // A new function each time, so that a listener added twice is called twice and removed separately.
    const entry = (serviceId: string) => listener(serviceId);
    this.#listeners.add(entry);
    return { dispose: () => this.#listeners.delete(entry) };
  }

  #tell(serviceId: string): void {
    for (const listener of [...this.#listeners]) listener(serviceId);
  }
}

function serviceNameTaken(label: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t("A service with the name {0} is already registered. Use a different name.", label),
  );
}

function misleadingName(label: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t(
      "The name {0} has a word with letters of different alphabets that look alike. Use letters of one alphabet.",
      label,
    ),
  );
}

function serviceIdTaken(id: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t("A service with the ID {0} is already registered. Use a different ID.", id),
  );
}
