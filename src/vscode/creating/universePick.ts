import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { defined } from "../../model/defined.ts";
import { cancelled, isCancelled } from "../../model/exportError.ts";
import { findUniverseId, type Universe } from "../../services/textReveal/universes.ts";
import { Owner } from "../disposables.ts";
import { errorInWords } from "../errors/showError.ts";
import { back, type StepPlace } from "../prompts/walkSteps.ts";
import { createPick, type PickItem, pickRow, type PickRow } from "../surfaces/surfaces.ts";
import type { TaskCreation } from "../tasks/taskCreation.ts";
import { nextToCount, type UniverseCount, type UniverseRow, universeRows } from "./universeRows.ts";

interface UniverseItem extends PickRow {
  readonly row: UniverseRow;
}

/** What was loaded of the universes of an account, for as long as the questions last. */
export class LoadedUniverses {
  readonly universes: Universe[] = [];
  readonly counts = new Map<string, UniverseCount>();
  next: string | undefined;
  wasAsked = false;
}

/** Retries of one number must not keep the others waiting. */
const longestCountMs = 4000;

/** An open list of the universes of an account. Their numbers of entities come in one by one. */
export class UniversePick extends Owner {
  readonly #creation: TaskCreation;
  readonly #accountId: string;
  readonly #loaded: LoadedUniverses;
  readonly #pick: vscode.QuickPick<UniverseItem & PickItem>;
  readonly #stop = new AbortController();
  #isLoading = false;
  #isCounting = false;
  #active: string | undefined;

  constructor(creation: TaskCreation, accountId: string, loaded: LoadedUniverses, active: string | undefined) {
    super();
    this.#creation = creation;
    this.#accountId = accountId;
    this.#loaded = loaded;
    this.#active = active;
    this.#pick = this.own(createPick<UniverseItem & PickItem>({}));
    this.own({ dispose: () => this.#stop.abort() });
  }

  /** @throws ExportError `cancelled` */
  ask(place: StepPlace, refusal: string | undefined): Promise<string | typeof back> {
    const pick = this.#pick;
    pick.title = place.title;
    pick.step = place.step;
    pick.totalSteps = place.totalSteps;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.keepScrollPosition = true;
    const question = t("Select a universe, or enter the ID of one");
    pick.placeholder = refusal === undefined ? question : `${refusal} ${question}`;
    if (place.step > 1) pick.buttons = [vscode.QuickInputButtons.Back];
    return new Promise((resolve, reject) => {
      pick.onDidChangeValue(() => this.#show());
      pick.onDidChangeActive(([item]) => {
        if (item?.row.kind === "universe") this.#active = item.row.universe.id;
      });
      pick.onDidAccept(() => {
        const row = pick.selectedItems[0]?.row;
        if (row?.kind === "more") void this.#load();
        else if (row?.kind === "universe") resolve(row.universe.id);
        else if (row?.kind === "typed") resolve(row.id);
      });
      pick.onDidTriggerButton(() => resolve(back));
      pick.onDidHide(() => reject(cancelled()));
      this.#show();
      pick.show();
      if (!this.#loaded.wasAsked) void this.#load();
      else void this.#count();
    });
  }

  #show(): void {
    const { universes, counts, next } = this.#loaded;
    const list = { universes, counts, hasMore: next !== undefined, isLoading: this.#isLoading };
    const active = this.#active;
    const items = universeRows(list, findUniverseId(this.#pick.value)).map((row) => pickRow(itemOf(row)));
    this.#pick.busy = this.#isLoading;
    this.#pick.items = items;
    const same = items.find(({ row }) => row.kind === "universe" && row.universe.id === active);
    if (same !== undefined && this.#pick.value === "") this.#pick.activeItems = [same];
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#loaded.wasAsked = true;
    this.#show();
    try {
      const page = await this.#creation.universes(this.#accountId, this.#loaded.next, { signal: this.#stop.signal });
      this.#loaded.universes.push(...page.universes);
      this.#loaded.next = page.next;
    } catch (error) {
      if (isCancelled(error)) return;
      // An ID can still be entered.
      this.#pick.placeholder = errorInWords(error);
      this.#loaded.wasAsked = false;
    } finally {
      this.#isLoading = false;
    }
    this.#show();
    void this.#count();
  }

  /** Asks for the numbers of entities, one after the other, while the list is open. */
  async #count(): Promise<void> {
    if (this.#isCounting) return;
    this.#isCounting = true;
    const { universes, counts } = this.#loaded;
    const list = { universes, counts, hasMore: false, isLoading: false };
    try {
      for (let id = nextToCount(list, this.#active); id !== undefined; id = nextToCount(list, this.#active)) {
        const count = await this.#countOf(id);
        if (this.#stop.signal.aborted) return;
        counts.set(id, count);
        this.#show();
      }
    } finally {
      this.#isCounting = false;
    }
  }

  /** A universe whose number can't be had can still be exported. */
  async #countOf(id: string): Promise<UniverseCount> {
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(longestCountMs)]);
    try {
      return (await this.#creation.entityCount(this.#accountId, id, { signal })) ?? "unknown";
    } catch {
      return "unknown";
    }
  }
}

function itemOf(row: UniverseRow): UniverseItem {
  switch (row.kind) {
    case "universe": {
      const { universe, count } = row;
      const label = universe.name === "" ? universe.id : universe.name;
      return { row, label, description: aboutInWords(universe, count), ...defined({ detail: universe.description }) };
    }
    case "typed":
      return { row, icon: "arrow-right", label: t("Universe {0}", row.id), alwaysShow: true };
    case "more":
      return { row, icon: "ellipsis", label: t("Load more universes"), alwaysShow: true };
    case "empty":
      return { row, label: t("No universes. Enter the ID of one."), alwaysShow: true };
  }
}

function aboutInWords({ type }: Universe, count: UniverseCount): string {
  const parts = [typeof count === "number" ? entitiesInWords(count) : undefined, type?.toLowerCase()];
  return parts.filter((part) => part !== undefined).join(" · ");
}

function entitiesInWords(count: number): string {
  return count === 1 ? t("1 entity") : t("{0} entities", count.toLocaleString(vscode.env.language));
}
