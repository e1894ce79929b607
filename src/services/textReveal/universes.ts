import { t } from "@vscode/l10n";
import type { AccountAccess, ServiceCall } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import { limitTasks } from "../answerLimits.ts";
import { invalidField, universeNotFound } from "../serviceErrors.ts";
import { acceptedValue, type Get, notUnderstood } from "./calls.ts";
import { isRefusal, label, readTextRevealRefusal } from "./errors.ts";
import { isTextRevealTaskId } from "./taskId.ts";
import { parsePage, parseUniverse, parseUniverseDetail, type Universe } from "./wire.ts";

export type { Universe } from "./wire.ts";

/** One page of the universes that an account can export. */
export interface UniversePage {
  readonly universes: readonly Universe[];
  /** Present if there is a next page. */
  readonly next?: string;
}

/** The universes of an account. */
export interface Universes {
  list(access: AccountAccess, page: { cursor?: string; pageSize: number }, call: ServiceCall): Promise<UniversePage>;
  /** How many entities a universe has; undefined if the service doesn't say it. */
  entityCount(access: AccountAccess, universeId: string, call: ServiceCall): Promise<number | undefined>;
}

export function createUniverses(get: Get): Universes {
  return {
    async list(access, { cursor, pageSize }, call) {
      const query = new URLSearchParams(defined({ size: String(pageSize), search_after: cursor }));
      const answer = await get(access, `/universes?${query.toString()}`, call);
      const page = parsePage(acceptedValue(answer));
      if (page === undefined) throw notUnderstood(answer);
      limitTasks(label, page.entries.length, { status: answer.reply.status, host: answer.reply.host });
      const universes = page.entries.map(parseUniverse).filter((universe) => universe !== undefined);
      return { universes, ...defined({ next: page.searchAfter }) };
    },
    async entityCount(access, universeId, call) {
      const answer = await get(access, `/universes/${requireUniverseId(universeId)}`, call);
      const { reply, secrets } = answer;
      if (isRefusal(reply)) {
        const error = readTextRevealRefusal(reply, universeId, secrets);
        throw error.code === "taskNotFound" ? universeNotFound(error.details) : error;
      }
      const detail = parseUniverseDetail(acceptedValue(answer));
      if (detail === undefined) throw notUnderstood(answer);
      return detail.entityCount;
    },
  };
}

/** Whether a text can be the ID of a universe. It becomes a part of a URL. */
export function isUniverseId(text: string): boolean {
  return /^[\w-]{1,100}$/.test(text);
}

/** The ID of a universe in typed text: a UUID, or a URL that contains the ID. */
export function findUniverseId(text: string): string | undefined {
  const trimmed = text.trim();
  return isTextRevealTaskId(trimmed)
    ? trimmed.toLowerCase()
    : /\/universes\/([\w-]{1,100})(?![\w-])/.exec(trimmed)?.[1];
}

/** @throws ExportError `invalidRequest` */
export function requireUniverseId(text: string): string {
  if (isUniverseId(text)) return text;
  throw invalidField(
    "universe_id",
    t("“{0}” is not the ID of a universe. Copy it from TextReveal.", text.slice(0, 60)),
  );
}
