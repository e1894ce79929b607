/** The search thread. Its host ends it if a pattern keeps it busy for too long. */
import { cancelled } from "../../model/exportError.ts";
import { countBackwards } from "./countBackwards.ts";
import { countHelper } from "./countHelper.ts";
import { MatchStream, RunningSearch } from "./runningSearch.ts";
import { startWorker } from "./startWorker.ts";
import type { CountedMatches, FindEvents, FindRequests } from "./tableMessages.ts";

const { answer, scanner, startAnother } = startWorker();
let running: RunningSearch | undefined;
let stream: MatchStream | undefined;

const answerer = answer<FindRequests, FindEvents>({
  begin: ({ file, pattern, search }) => {
    running?.end();
    running = new RunningSearch(file, pattern, {
      scanner,
      search,
      onProgress: (progress) => answerer.emit("progress", progress),
      startHelper: startAnother && ((onCounted) => countHelper(startAnother(), { file, pattern }, onCounted)),
    });
    void running.run();
    return running.progress;
  },
  next: async ({ from, direction }, signal) => {
    const asked = running;
    if (asked === undefined) throw cancelled();
    const found = await asked.next(from, direction, signal);
    return { found: found ?? null, columns: asked.columns };
  },
  end: () => {
    running?.end();
    running = undefined;
    return null;
  },
  grew: (growth) => {
    if (running === undefined) return null;
    running.grew(growth);
    void running.run();
    return null;
  },
  take: async ({ file, pattern }, signal) => {
    stream ??= new MatchStream(file, pattern, scanner);
    const batch = await stream.take(signal);
    if (batch.done) stream.end();
    return batch;
  },
  countBackwards: async ({ file, pattern }, signal) => {
    const onCounted = (counted: CountedMatches): void => answerer.emit("counted", counted);
    await countBackwards(file, pattern, { scanner, signal, onCounted });
    return null;
  },
});
