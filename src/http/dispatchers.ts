import { createSecureContext } from "node:tls";
import type { NetworkSettings, ProxyChoice } from "./httpClient.ts";
import { fromProxy, proxyNotUsable } from "./networkErrors.ts";
import { Agent, type Dispatcher, Pool, ProxyAgent } from "./undici.ts";
import { defined } from "../model/defined.ts";

/**
 * How long to try one address of a host before also trying the next. Node's default of 250 ms is too short for slow
 * connections, such as satellite and mobile ones.
 */
const addressAttemptMs = 1000;

/** Keeps connection pools, and creates new ones when the connection settings change. */
export interface Dispatchers {
  /** The pool to send through. Certificates are read only for encrypted connections (`secure`). */
  choose(network: NetworkSettings, proxy: ProxyChoice | undefined, secure: boolean): Dispatcher;
  /** Ends every connection, including those of replaced pools with pending requests. */
  destroy(): Promise<void>;
}

/** @returns pools that connect on first use. */
export function createDispatchers(): Dispatchers {
  const all = new Set<Dispatcher>();
  const plain = new PoolSet(all);
  const encrypted = new PoolSet(all);
  return {
    choose(network, proxy, secure) {
      const { connectTimeoutMs } = network;
      if (!secure && proxy?.uri.startsWith("https:") !== true) return plain.choose({ connectTimeoutMs }, proxy);
      return encrypted.choose({ connectTimeoutMs, ca: network.ca }, proxy);
    },
    async destroy() {
      await Promise.all([...all].map((pool) => pool.destroy()));
      all.clear();
    },
  };
}

/** The settings of a connection. */
interface Shape {
  readonly connectTimeoutMs: number;
  readonly ca?: readonly string[] | undefined;
}

/** Pools with the same connection settings: one per proxy and one without. */
class PoolSet {
  readonly #all: Set<Dispatcher>;
  readonly #pools = new Map<string, Dispatcher>();
  #shape: Shape | undefined;
  #connect: ConnectOptions | undefined;

  /** @param all receives every pool, until its last connection has ended. */
  constructor(all: Set<Dispatcher>) {
    this.#all = all;
  }

  choose(shape: Shape, proxy: ProxyChoice | undefined): Dispatcher {
    if (this.#shape === undefined || !sameShape(this.#shape, shape)) {
      this.#retire();
      this.#shape = shape;
      this.#connect = undefined;
    }
    const key = proxy === undefined ? "" : `${proxy.uri}\n${proxy.authorization ?? ""}`;
    const known = this.#pools.get(key);
    if (known !== undefined) return known;
    const connect = (this.#connect ??= connectOptions(shape));
    const made = proxy === undefined ? directPool(connect) : proxyPool(connect, proxy);
    this.#pools.set(key, made);
    this.#all.add(made);
    return made;
  }

  #retire(): void {
    for (const pool of this.#pools.values()) {
      const gone = () => this.#all.delete(pool);
      // Closing waits for pending requests. It can fail only if the pool is already destroyed.
      void pool.close().then(gone, gone);
    }
    this.#pools.clear();
  }
}

function sameShape(left: Shape, right: Shape): boolean {
  return left.connectTimeoutMs === right.connectTimeoutMs && sameTexts(left.ca, right.ca);
}

function sameTexts(left: readonly string[] | undefined, right: readonly string[] | undefined): boolean {
  if (left === right) return true;
  if (left?.length !== right?.length) return false;
  return left?.every((text, index) => text === right?.[index]) ?? false;
}

type ConnectOptions = ReturnType<typeof connectOptions>;

function connectOptions({ connectTimeoutMs, ca }: Shape) {
  return {
    timeout: Math.ceil(connectTimeoutMs),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: addressAttemptMs,
    // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED in the environment can't turn off the checks.
    rejectUnauthorized: true,
    // Reading hundreds of certificates takes milliseconds, so it is not done for each connection.
    ...defined({ secureContext: ca === undefined ? undefined : createSecureContext({ ca: [...ca] }) }),
  };
}

/** Exchange watches for silence per request, because undici's own timers are only accurate to a second. */
const watchedElsewhere = { headersTimeout: 0, bodyTimeout: 0 };

function directPool(connect: ConnectOptions): Dispatcher {
  return new Agent({ ...watchedElsewhere, connect });
}

function proxyPool(connect: ConnectOptions, proxy: ProxyChoice): Dispatcher {
  const protocol = URL.canParse(proxy.uri) ? new URL(proxy.uri).protocol : undefined;
  if (protocol !== "http:" && protocol !== "https:") throw proxyNotUsable();
  return new ProxyAgent({
    ...watchedElsewhere,
    uri: proxy.uri,
    ...defined({ token: proxy.authorization }),
    proxyTls: connect,
    requestTls: connect,
    clientFactory: (origin, options) => new TunnelPool(origin, { ...options, headersTimeout: connect.timeout }),
  });
}

/** Connections to a proxy, so that their failures can be told apart from failures inside a tunnel. */
class TunnelPool extends Pool {
  override connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>;
  override connect<TOpaque>(options: Dispatcher.ConnectOptions<TOpaque>): Promise<Dispatcher.ConnectData<TOpaque>>;
  override async connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> {
    try {
      return await super.connect(options);
    } catch (error) {
      throw fromProxy(error);
    }
  }
}
