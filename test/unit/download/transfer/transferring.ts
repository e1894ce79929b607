import type { TestContext } from "node:test";
import type { PartBeginning, PartFile } from "../../../../src/download/part/partFile.ts";
import { Transfer } from "../../../../src/download/transfer/transfer.ts";
import type { Transferred, TransferJob, TransferLimits } from "../../../../src/download/transfer/transferJob.ts";
import type { HttpClient } from "../../../../src/http/httpClient.ts";
import { createHttpClient } from "../../../../src/http/undiciClient.ts";
import { hastyClock, longStallMs, watchReading } from "../downloading.ts";
import { type Behaviour, type FaultyStore, startFaultyStore } from "../faultyStore.ts";
import { openPart } from "../part/openPart.ts";

/** What a transfer told while it ran. */
export interface Told {
  readonly waits: [retryInMs: number, reason: string][];
  readonly begun: PartBeginning[];
  readonly resumedFrom: number[];
  readonly lengths: number[];
  received: number;
  newLinks: number;
}

/** The transfer of one file from a store on this computer into a part on the disk. */
export interface Transferring {
  readonly store: FaultyStore;
  readonly part: PartFile;
  readonly told: Told;
  readonly waited: readonly number[];
  readonly transfer: Transfer;
  run(): Promise<Transferred>;
}

export interface TransferringOptions {
  readonly limits?: Partial<TransferLimits>;
  readonly job?: Partial<TransferJob>;
  readonly part?: PartFile;
  readonly around?: (http: HttpClient) => HttpClient;
}

export async function startTransfer(
  context: TestContext,
  file: Buffer,
  behave?: Behaviour,
  { limits, job, part: given, around = (each) => each }: TransferringOptions = {},
): Promise<Transferring> {
  const store = await startFaultyStore(file, behave);
  const client = createHttpClient(() => ({ connectTimeoutMs: 2000, stallTimeoutMs: longStallMs }));
  const part = given ?? (await openPart(context));
  context.after(async () => {
    await client.close();
    await store.close();
  });
  const { http, bodyIsRead } = watchReading(client);
  store.bodyIsRead = bodyIsRead;
  const told: Told = { waits: [], begun: [], resumedFrom: [], lengths: [], received: 0, newLinks: 0 };
  const clock = hastyClock();
  const link = {
    current: () => `${store.url}&nth=${told.newLinks}`,
    renew: () => Promise.resolve(),
  };
  const whole: TransferJob = {
    link,
    part,
    allowPrivateHosts: true,
    signal: new AbortController().signal,
    nameOf: () => "a.csv",
    onAnswer: () => Promise.resolve(),
    onBegin: (beginning) => told.begun.push(beginning),
    onWritten: (length) => told.lengths.push(length),
    onResumed: (from) => told.resumedFrom.push(from),
    onReceived: () => (told.received += 1),
    onWaiting: (retryInMs, reason) => told.waits.push([retryInMs, reason]),
    onNewLink: () => (told.newLinks += 1),
    ...job,
  };
  const usual = { stallTimeoutMs: longStallMs, retryBudgetMs: 3000, slowestBytesPerSecond: 0, ...limits };
  const transfer = new Transfer(whole, { http: around(http), limits: () => usual, clock, random: () => 0.5 });
  return { store, part, told, waited: clock.waits, transfer, run: () => transfer.run() };
}
