/**
 * The only place where undici is loaded, and only in parts. Its entry point puts a dispatcher on
 * `globalThis[Symbol.for("undici.globalDispatcher.1")]`, which the `fetch` of the host and of other extensions
 * reads, and brings fetch, WebSocket and caches along; the parts below do neither.
 */
import connect from "undici/lib/api/api-connect.js";
import Agent from "undici/lib/dispatcher/agent.js";
import Dispatcher from "undici/lib/dispatcher/dispatcher.js";
import Pool from "undici/lib/dispatcher/pool.js";
import ProxyAgent from "undici/lib/dispatcher/proxy-agent.js";

// The entry point gives dispatchers their methods; of these the proxy agent needs one, to open its tunnels.
Dispatcher.prototype.connect = connect;

export { Agent, Dispatcher, Pool, ProxyAgent };
