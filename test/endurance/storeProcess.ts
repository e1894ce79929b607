/** The tests' store of one small file in a process of its own. Says its address as one line; ends with its parent. */
import { exportBytes, startFaultyStore } from "../unit/download/faultyStore.ts";

const store = await startFaultyStore(exportBytes(Number(process.argv[2])), ({ serve }) => {
  store.requests.length = 0;
  serve();
});
process.stdout.write(`${store.origin}\n`);
process.stdin.on("end", () => void store.close()).resume();
