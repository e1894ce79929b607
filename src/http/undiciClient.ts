import { cancelled } from "../model/exportError.ts";
import { userAgent } from "../model/product.ts";
import { createDispatchers } from "./dispatchers.ts";
import { Exchange } from "./exchange.ts";
import type { HttpAnswer, HttpClient, NetworkSettings } from "./httpClient.ts";
import { addressNotUsable } from "./networkErrors.ts";

/**
 * An HTTP/1.1 client with pooled connections that tries IPv4 and IPv6 in parallel.
 *
 * @param network returns the settings for each request. After a change, older connections are closed as soon as their
 * pending requests are done.
 */
export function createHttpClient(network: () => NetworkSettings): HttpClient {
  const dispatchers = createDispatchers();
  return {
    send(request) {
      return new Promise<HttpAnswer>((resolve, reject) => {
        const { signal, method = "GET", headers = {}, body } = request;
        if (signal.aborted) throw cancelled();
        const url = webAddress(request.url);
        const settings = network();
        const proxy = settings.proxy?.(request.url);
        const dispatcher = dispatchers.choose(settings, proxy, url.protocol === "https:");
        const exchange = new Exchange({
          host: url.host,
          viaProxy: proxy !== undefined,
          connectTimeoutMs: settings.connectTimeoutMs,
          stallTimeoutMs: settings.stallTimeoutMs,
          signal,
          onAnswer: resolve,
          onFailure: reject,
        });
        const target = {
          origin: url.origin,
          path: url.pathname + url.search,
          method,
          // Firewalls refuse requests without a user agent by default.
          headers: { "user-agent": userAgent, ...headers },
        };
        dispatcher.dispatch(body === undefined ? target : { ...target, body }, exchange);
      });
    },
    close: () => dispatchers.destroy(),
  };
}

function webAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") throw addressNotUsable();
  return url;
}
