/** The thread that reads a table: its index and its rows. */
import { startWorker } from "./startWorker.ts";
import type { TableEvents, TableRequests } from "./tableMessages.ts";
import { TableThread } from "./tableThread.ts";

const { answer, scanner, loadGuess } = startWorker();

const thread = new TableThread(scanner, (name, event) => answerer.emit(name, event), loadGuess);

const answerer = answer<TableRequests, TableEvents>({
  open: (spec) => thread.open(spec),
  rows: (request) => thread.rows(request),
  cell: (request) => thread.cell(request),
  record: ({ row }) => thread.record(row),
  summarize: (request, signal) => thread.summarize(request, signal),
  lineOf: ({ row }, signal) => thread.lineOf(row, signal),
  indexed: ({ row }, signal) => thread.indexed(row, signal),
  addColumns: ({ names }) => thread.addColumns(names),
  landmarks: () => thread.landmarks(),
  grew: (growth) => {
    thread.grew(growth);
    return null;
  },
});
