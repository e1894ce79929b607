import { createSecureContext } from "node:tls";
import type { NetworkSettings, ProxyChoice } from "./httpClient.ts";
import { fromProxy, proxyNotUsable } from "./networkErrors.ts";
import { Agent, type Dispatcher, Pool, ProxyAgent } from "./undici.ts";
import { defined } from "../model/defined.ts";

/**
 * How long one address of a host is tried before the next one is tried beside it. Node's own 250 ms gives up on
 * lines that are merely slow, satellite and mobile ones among them.
 */
const addressAttemptMs = 1000;

/** Keeps the connection pools and makes new ones when the settings that shape them have changed. */
export interface Dispatchers {
  /** The pool to send through. Certificates are asked for only where they are needed, as `secure` tells. */
  choose(network: NetworkSettings, proxy: ProxyChoice | undefined, secure: boolean): Dispatcher;
  /** Ends every connection, also of pools that were replaced and still had work. */
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

/** What a connection is made with. */
interface Shape {
  readonly connectTimeoutMs: number;
  readonly ca?: readonly string[] | undefined;
}

/** Pools of one shape, one for each proxy and one without. */
class PoolSet {
  readonly #all: Set<Dispatcher>;
  readonly #pools = new Map<string, Dispatcher>();
  #shape: Shape | undefined;
  #connect: ConnectOptions | undefined;

  /** @param all takes every pool in, until its last connection has ended. */
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
      // Closing waits for what is under way; it can only fail when the pool is already destroyed.
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
    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED in the host's environment does not switch the checks off.
    rejectUnauthorized: true,
    // Hundreds of certificates take milliseconds to read, so they are not read for each connection.
    ...(ca === undefined ? {} : { secureContext: createSecureContext({ ca: [...ca] }) }),
  };
}

/** Silence is watched per request (see exchange.ts), because undici's own timers are a second coarse. */
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

/** Connections to a proxy. What fails on them is told apart from what fails within a tunnel. */
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
