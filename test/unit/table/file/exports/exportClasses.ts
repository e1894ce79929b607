import { encodingFiles } from "./encodings.ts";
import type { ExportCase } from "./exportCase.ts";
import { headers } from "./headers.ts";
import { jsonFiles } from "./json.ts";
import { lineEndings } from "./lineEndings.ts";
import { quotes } from "./quotes.ts";
import { tableStarts } from "./tableStarts.ts";
import { values } from "./values.ts";

/** All small exports, by what they are about. */
export const exportClasses: readonly (readonly [title: string, cases: readonly ExportCase[]])[] = [
  ["Where the table starts", tableStarts],
  ["The header", headers],
  ["How rows end", lineEndings],
  ["How values are quoted", quotes],
  ["JSON", jsonFiles],
  ["Encodings", encodingFiles],
  ["Values", values],
];
