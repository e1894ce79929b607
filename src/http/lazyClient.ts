import type { HttpClient, NetworkSettings } from "./httpClient.ts";

/**
 * A client that is loaded with its first request. The HTTP library is nearly half of the extension's code, and a window
 * in which nothing is requested doesn't need it.
 */
export function createLazyClient(network: () => NetworkSettings): HttpClient {
  let loading: Promise<HttpClient> | undefined;
  const load = (): Promise<HttpClient> => {
    loading ??= import("./undiciClient.ts").then(({ createHttpClient }) => createHttpClient(network));
    return loading;
  };
  return {
    send: async (request) => (await load()).send(request),
    close: async () => (await loading)?.close(),
  };
}
