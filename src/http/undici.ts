/**
 * The only file that imports undici, and only these parts of it. Its entry point sets
 * `globalThis[Symbol.for("undici.globalDispatcher.1")]`, which is also used by the `fetch` of the host and of other
 * extensions, and adds fetch, WebSocket and caches to the bundle. The parts below do neither.
 */
import connect from "undici/lib/api/api-connect.js";
import Agent from "undici/lib/dispatcher/agent.js";
import Dispatcher from "undici/lib/dispatcher/dispatcher.js";
import Pool from "undici/lib/dispatcher/pool.js";
import ProxyAgent from "undici/lib/dispatcher/proxy-agent.js";

// The entry point adds methods to dispatchers. The proxy agent needs this one to open its tunnels.
Dispatcher.prototype.connect = connect;

export { Agent, Dispatcher, Pool, ProxyAgent };
