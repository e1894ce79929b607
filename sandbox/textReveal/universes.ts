import { json } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";
import { wholeNumber } from "../http/wholeNumber.ts";
import { errorAnswer, invalid } from "./errorAnswer.ts";
import type { FieldError } from "./errorAnswer.ts";
import { listName, listValues } from "./listValues.ts";
import { sizeLimits, sizeProblem } from "./taskPage.ts";

/** A set of companies. */
interface Universe {
  id: string;
  name: string;
  type: (typeof types)[number];
  description: string;
  entityCount: number;
}

const types = ["PRIVATE", "SHARED", "SESAMM"] as const;
const universeCount = 64;
const named = ["European banks", "Renewable energy", "Semiconductors", "Luxury goods", "Airlines"];
/** The list has it, but asking for it fails: for a count that can't be shown. */
const unreadablePlace = 3;

/** `00000000-0000-4000-b000-` and twelve digits. */
export function universeId(place: number): string {
  return `00000000-0000-4000-b000-${String(place).padStart(12, "0")}`;
}

const universes: readonly Universe[] = Array.from({ length: universeCount }, (_, at): Universe => {
  const place = at + 1;
  const name = named[at] ?? `Universe ${place}`;
  return {
    id: universeId(place),
    name,
    type: types[at % types.length] ?? "PRIVATE",
    description: `Companies of ${name}`,
    entityCount: place * 37,
  };
});

export function findUniverse(id: string): Universe | undefined {
  return universes.find((universe) => universe.id === id.toLowerCase());
}

/** One page of `GET /universes`. Its cursor is the ID of the last universe of the page before (assumed). */
export function universePage(query: URLSearchParams): Answer {
  const size = wholeNumber(query.get("size"), sizeLimits);
  if (size === undefined) return invalid([sizeProblem(query.get("size") ?? "")]);
  const type = query.get("type");
  if (type !== null && !types.some((known) => known === type)) {
    return invalid([{ message: "Invalid type", field: "type", reason: "invalid_enum_value" }]);
  }
  const listed = universes.filter((universe) => type === null || universe.type === type);
  const cursor = query.get("search_after");
  const start = cursor === null || cursor === "" ? 0 : listed.findIndex(({ id }) => id === cursor) + 1;
  const page = listed.slice(start, start + size);
  const hasNext = start + size < listed.length;
  return json(200, {
    data: page.map((universe) => ({
      universe_name: universe.name,
      universe_id: universe.id,
      type: universe.type,
      description: universe.description,
    })),
    size,
    has_next: hasNext,
    count: listed.length,
    search_after: hasNext ? page.at(-1)?.id : null,
  });
}

/** `GET /universes/{id}`. */
export function universeDetail(id: string): Answer {
  const universe = findUniverse(id);
  if (universe === undefined) return errorAnswer(404, "[universe] not found.");
  if (universe.id === universeId(unreadablePlace)) return errorAnswer(500, "Internal server error");
  const { name, description, type, entityCount } = universe;
  return json(200, { name, description, type, entity_count: entityCount, owner_id: "owner-1", company_ids: [] });
}

const filters = ["name", "alias", "duns", "figi", "isin", "ticker", "lei", "entity_id", "website"];
const fields = ["id", "description", "name", "figi", "isin", "ticker", "alias", "website", "country", "lei"];

/** What is wrong with the query of an export. Anything that isn't documented is refused (assumed). */
export function queryProblems(query: URLSearchParams): FieldError[] {
  const problems: FieldError[] = [];
  const known = new Set([...filters, "fields", "order"]);
  for (const name of new Set([...query.keys()].map(listName))) {
    if (!known.has(name))
      problems.push({ message: "Unrecognized parameter", field: name, reason: "unrecognized_keys" });
  }
  const order = query.get("order");
  if (order !== null && !/^name:(asc|desc)$/.test(order)) {
    problems.push({ message: "Invalid order", field: "order", reason: "invalid_enum_value" });
  }
  if (listValues(query, "fields").some((field) => !fields.includes(field))) {
    problems.push({ message: "Invalid field", field: "fields", reason: "invalid_enum_value" });
  }
  if (listValues(query, "isin").some((isin) => !/^[A-Z]{2}[A-Z0-9]{9}\d$/.test(isin))) {
    problems.push({ message: "Invalid ISIN", field: "isin", reason: "invalid_string" });
  }
  return problems;
}
