import type { ColumnProfile, Filter } from "../../../model/queryContract.ts";
import type { HostLink } from "../hostLink.ts";

export interface ProfileRequest {
  readonly columns: readonly number[];
  readonly filter: Filter | null;
  readonly signal: AbortSignal;
  readonly onProfile: (column: number, profile: ColumnProfile) => void;
  readonly onShare?: (share: number) => void;
}

/** Asks the host for profiles, and tells the events of each request apart. */
export class ProfileRequests {
  readonly #link: HostLink;
  readonly #running = new Map<number, ProfileRequest>();
  #works = 0;

  constructor(link: HostLink) {
    this.#link = link;
    link.on("profiled", ({ work, column, profile }) => this.#running.get(work)?.onProfile(column, profile));
    link.on("profiling", ({ work, share }) => this.#running.get(work)?.onShare?.(share));
  }

  /** Resolves when all columns are profiled. */
  async ask(request: ProfileRequest): Promise<void> {
    const work = (this.#works += 1);
    const { columns, filter, signal } = request;
    this.#running.set(work, request);
    try {
      await this.#link.ask("profile", { work, columns, filter }, signal);
    } finally {
      this.#running.delete(work);
    }
  }
}
