import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import type { Filter, SortKey } from "../../src/model/queryContract.ts";
import { BenchProgram } from "../benchProgram.ts";
import type { Figure } from "../figure.ts";
import { withSpread } from "../statistics.ts";
import type { QueryAnswer, QueryReport, QueryStep } from "./queryQuestions.ts";

export interface QueryStage {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly folder: string;
  readonly pairs: number;
  readonly log: (line: string) => void;
}

type Case = (stage: QueryStage) => Promise<Figure[]>;

/** What is compared with one statement of bare DuckDB. The last step counts. */
interface Compared {
  readonly what: string;
  readonly figure: string;
  readonly atMost: number;
  readonly steps: readonly QueryStep[];
  /** `CSV` stands for the file. Only the last statement is measured. */
  readonly reference: readonly string[];
}

const sortBy = (column: string): QueryStep => ({ kind: "arrange", sort: [{ column } satisfies SortKey], filter: null });
const filterBy = (filter: Filter): QueryStep => ({ kind: "arrange", sort: [], filter });
const native = "CREATE TABLE native AS SELECT TRY_CAST(quantity AS BIGINT) AS quantity FROM CSV";
const pageLimitMs = 16;
const pagesAsked = 1_000;

const compared: Readonly<Record<string, Compared>> = {
  number: {
    what: "cold sort by a number",
    figure: "first 60 rows ÷ `ORDER BY … LIMIT 60` from the CSV",
    atMost: 0.8,
    steps: [sortBy("amount")],
    reference: ["SELECT * FROM CSV ORDER BY TRY_CAST(amount AS DOUBLE) LIMIT 60"],
  },
  text: {
    what: "cold sort by text",
    figure: "first 60 rows ÷ `ORDER BY … LIMIT 60` from the CSV",
    atMost: 0.9,
    steps: [sortBy("note")],
    reference: ["SELECT * FROM CSV ORDER BY note LIMIT 60"],
  },
  warm: {
    what: "warm sort by another column",
    figure: "first 60 rows ÷ `ORDER BY … LIMIT 60` from a native table",
    atMost: 1.5,
    steps: [sortBy("quantity"), { kind: "whole" }, sortBy("amount"), { kind: "whole" }, sortBy("quantity")],
    reference: [native, "SELECT rowid FROM native ORDER BY quantity LIMIT 60"],
  },
  whole: {
    what: "warm sort, whole order",
    figure: "÷ `CREATE TABLE … ORDER BY` from a native table",
    atMost: 1.2,
    steps: [sortBy("quantity"), { kind: "whole" }, sortBy("quantity"), { kind: "whole" }],
    reference: [native, "CREATE TABLE sorted AS SELECT rowid AS number FROM native ORDER BY quantity, rowid"],
  },
  contains: {
    what: "cold filter: note contains `thanks`",
    figure: "count and first 60 rows ÷ `count(*) … contains` from the CSV",
    atMost: 0.4,
    steps: [filterBy({ column: "note", is: "contains", value: "thanks" })],
    reference: ["SELECT count(*) FROM CSV WHERE contains(lower(note), 'thanks')"],
  },
  comparison: {
    what: "cold filter: amount at least 150",
    figure: "count and first 60 rows ÷ the same from the CSV",
    atMost: 1,
    steps: [filterBy({ column: "amount", is: "atLeast", value: "150" })],
    reference: ["SELECT count(*) FROM CSV WHERE TRY_CAST(amount AS DOUBLE) >= 150"],
  },
  group: {
    what: "cold SQL: sum by shop",
    figure: "÷ the same from the CSV",
    atMost: 1,
    steps: [{ kind: "query", sql: "SELECT shop, count(*) FROM export GROUP BY shop ORDER BY shop" }],
    reference: ["SELECT shop, count(*) FROM CSV GROUP BY shop ORDER BY shop"],
  },
};

/** Opens the file like other extensions do: everything is text, and newlines can be in quotes. */
const csvOf = (file: string): string =>
  `read_csv('${file}', all_varchar = true, header = true, delim = ',', quote = '"')`;

/** Random pages of a sorted table, and what the extension host notices meanwhile. */
const pagesCase: Case = async (stage) => {
  const reports: QueryReport[] = [];
  for (let run = 0; run < stage.pairs; run++) {
    reports.push(await ours(stage, [sortBy("amount"), { kind: "whole" }, { kind: "pages", pages: pagesAsked }]));
    stage.log(`pages: ${JSON.stringify(reports.at(-1))}`);
  }
  const from = `${stage.pairs} runs`;
  const pages = reports.map(({ answers }) => last(answers).seconds * 1000);
  const common = { from, digits: 1 };
  return [
    {
      ...common,
      what: "random page of a sorted table",
      figure: "p99",
      atMost: pageLimitMs,
      unit: " ms",
      values: pages,
    },
    {
      ...common,
      what: "host while sorting: event loop",
      figure: "p99 of its delay",
      atMost: 10,
      unit: " ms",
      values: reports.map(({ loopDelayMs }) => loopDelayMs),
    },
    {
      ...common,
      what: "host while sorting: memory",
      figure: "over idle",
      atMost: 100,
      unit: " MiB",
      values: reports.map(({ addedMiB }) => addedMiB),
    },
    {
      ...common,
      what: "cache of one column of numbers",
      figure: "÷ file",
      atMost: 1,
      unit: "",
      digits: 3,
      values: reports.map(({ cacheBytes }) => cacheBytes / stage.bytes),
    },
  ];
};

export const queryCases: Readonly<Record<string, Case>> = {
  ...Object.fromEntries(Object.entries(compared).map(([name, each]) => [name, comparisonOf(each)])),
  pages: pagesCase,
};

function comparisonOf({ what, figure, atMost, steps, reference }: Compared): Case {
  return async (stage) => {
    const mine: number[] = [];
    const theirs: number[] = [];
    for (let pair = 0; pair < stage.pairs; pair++) {
      const { answers } = await ours(stage, steps);
      const bare = await bareDuckDb(reference.map((sql) => sql.replaceAll("CSV", csvOf(stage.file))));
      stage.log(
        `${what}: ours ${answers.map(({ seconds }) => seconds.toFixed(2)).join(", ")} s, bare ${bare.toFixed(2)} s`,
      );
      mine.push(last(answers).seconds);
      theirs.push(bare);
    }
    const values = mine.map((seconds, pair) => seconds / (theirs[pair] ?? 1));
    const from = `ours ${withSpread(mine, 2)} s, bare DuckDB ${withSpread(theirs, 2)} s`;
    return [{ what, figure, atMost, unit: "", values, digits: 2, from }];
  };
}

async function ours({ file, folder }: QueryStage, steps: readonly QueryStep[]): Promise<QueryReport> {
  const own = await mkdtemp(path.join(folder, "engine-"));
  const program = new BenchProgram(new URL("./queryProgram.ts", import.meta.url));
  try {
    return (await program.ask({ path: file, folder: own, steps })) as QueryReport;
  } finally {
    await program.close();
    await rm(own, { recursive: true, force: true });
  }
}

async function bareDuckDb(statements: readonly string[]): Promise<number> {
  const program = new BenchProgram(new URL("./bareProgram.ts", import.meta.url));
  try {
    await program.next();
    return ((await program.ask(statements)) as QueryAnswer).seconds;
  } finally {
    await program.close();
  }
}

function last<Value>(values: readonly Value[]): Value {
  const value = values.at(-1);
  if (value === undefined) throw new Error("There is none.");
  return value;
}
