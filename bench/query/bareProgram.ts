/** The reference: a process with the same version of DuckDB, which runs one statement as other extensions do. */
import process from "node:process";
import { DuckDBInstance } from "@duckdb/node-api";
import { tell } from "../benchProgram.ts";

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
tell({ ready: true });

/** Several statements; only the last one is measured. */
process.on("message", (statements) => {
  void (async () => {
    const all = statements as string[];
    for (const statement of all.slice(0, -1)) await connection.run(statement);
    const started = performance.now();
    const rows = (await connection.runAndReadAll(all.at(-1) ?? "")).currentRowCount;
    tell({ seconds: (performance.now() - started) / 1000, rows });
  })();
});
