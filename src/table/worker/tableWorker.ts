/** The thread that reads a table: its index and its rows. */
import { indexHelper } from "./indexHelper.ts";
import { indexTail } from "./indexTail.ts";
import { Rest } from "./rest.ts";
import { startWorker } from "./startWorker.ts";
import type { TableEvents, TableRequests } from "./tableMessages.ts";
import { TableThread } from "./tableThread.ts";

const { answer, scanner, loadGuess, startAnother } = startWorker();
const rest = new Rest();
/** With fewer bytes, the index is complete before another thread could help. */
const fewestHelpedBytes = 256 << 20;

const thread = new TableThread(scanner, (name, event) => answerer.emit(name, event), {
  loadGuess,
  help: startAnother && {
    fewestBytes: fewestHelpedBytes,
    start: (request, signal) => indexHelper(startAnother(), request, signal),
  },
});

const answerer = answer<TableRequests, TableEvents>({
  open: (spec) => thread.open(spec),
  rows: (request) => thread.rows(request),
  rowsAt: (request, signal) => thread.rowsAt(request, signal),
  cell: (request) => thread.cell(request),
  record: ({ row }) => thread.record(row),
  summarize: (request, signal) => thread.summarize(request, signal),
  lineOf: ({ row }, signal) => thread.lineOf(row, signal),
  indexed: ({ row }, signal) => thread.indexed(row, signal),
  addColumns: ({ names }) => thread.addColumns(names),
  landmarks: () => thread.landmarks(),
  indexTail: (request, signal) => indexTail(request, { scanner, rest, signal }),
  rest: ({ ms }) => {
    if (ms > 0) rest.begin(ms);
    else rest.end();
    return null;
  },
  grew: (growth) => {
    thread.grew(growth);
    return null;
  },
});
