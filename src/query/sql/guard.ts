import { type DuckDBConnection, type DuckDBPreparedStatement, StatementType } from "@duckdb/node-api";
import { queryError } from "./engineErrors.ts";
import { emptyQuery, queryRefused } from "./sqlErrors.ts";
import { tokensOf } from "./sqlTokens.ts";

/** What a statement that reads can start with. */
const readingWords = new Set([
  "(",
  "describe",
  "desc",
  "from",
  "pivot",
  "pivot_wider",
  "select",
  "show",
  "summarize",
  "table",
  "unpivot",
  "pivot_longer",
  "values",
  "with",
]);

/** Functions that change the engine, or run a statement that is hidden in a text. */
const refusedFunctions = new Set(
  ["enable_logging", "disable_logging", "truncate_duckdb_logs", "write_log", "checkpoint", "force_checkpoint"].concat([
    "query",
    "json_execute_serialized_sql",
    "duckdb_secrets",
    "which_secret",
  ]),
);

/**
 * Prepares a person's statement if it is a single one that reads. The engine decides what a statement is; the rules for its words
 * come on top. It must run in a locked session, which is what keeps files safe.
 *
 * @throws ExportError `badQuery` or `queryRefused`
 */
export async function prepareReading(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const tokens = tokensOf(sql);
  if (tokens.length === 0) throw emptyQuery();
  try {
    return await preparedStatement(connection, sql, tokens);
  } catch (error) {
    throw queryError(error, sql);
  }
}

async function preparedStatement(
  connection: DuckDBConnection,
  sql: string,
  tokens: readonly string[],
): Promise<DuckDBPreparedStatement> {
  const extracted = await connection.extractStatements(sql);
  const explained = tokens[0] === "explain";
  if (!startsReading(tokens) || hasSecondStatement(tokens) || callsRefused(tokens)) throw queryRefused();
  // PIVOT becomes two statements: the first creates a type from the values of a column, in memory.
  for (let index = 0; index < extracted.count - 1; index++) {
    const before = await extracted.prepare(index);
    if (
      explained ||
      !tokens.some((token) => token.startsWith("pivot")) ||
      before.statementType !== StatementType.CREATE
    )
      throw queryRefused();
    await before.run();
  }
  const prepared = await extracted.prepare(extracted.count - 1);
  if (prepared.statementType !== (explained ? StatementType.EXPLAIN : StatementType.SELECT)) throw queryRefused();
  return prepared;
}

function startsReading(tokens: readonly string[]): boolean {
  return readingWords.has(tokens[tokens[0] === "explain" ? afterExplain(tokens) : 0] ?? "");
}

/** `EXPLAIN`, `EXPLAIN ANALYZE` and `EXPLAIN (ANALYZE, FORMAT json)`. A statement in brackets is one option, too, so it is refused. */
function afterExplain(tokens: readonly string[]): number {
  if (tokens[1] === "analyze") return 2;
  return tokens[1] === "(" ? tokens.indexOf(")") + 1 : 1;
}

function hasSecondStatement(tokens: readonly string[]): boolean {
  const end = tokens.indexOf(";");
  return end >= 0 && tokens.slice(end).some((token) => token !== ";");
}

function callsRefused(tokens: readonly string[]): boolean {
  return tokens.some((token, index) => tokens[index + 1] === "(" && refusedFunctions.has(token));
}
