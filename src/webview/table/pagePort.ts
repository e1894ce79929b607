import type { Port } from "../../channel/port.ts";

/** The host, for the page. It always lives longer than the page. */
export function pagePort(post: (message: unknown) => void): Port {
  return {
    post,
    onMessage: (listener) => {
      const receive = ({ data }: MessageEvent<unknown>): void => listener(data);
      window.addEventListener("message", receive);
      return { dispose: () => window.removeEventListener("message", receive) };
    },
    onEnd: () => ({ dispose: () => undefined }),
  };
}
