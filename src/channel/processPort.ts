import type { ChildProcess } from "node:child_process";
import type { Disposable, Port } from "./port.ts";

/** A child process that was forked with `serialization: "advanced"`, as seen by its parent. */
export function childPort(child: ChildProcess): Port {
  return {
    post: (message) => {
      // To a process that has ended, there is nothing to send: `onEnd` says so.
      if (child.connected) child.send(message as object);
    },
    onMessage: (listener) => listening(child, "message", listener),
    onEnd: (listener) => {
      const ended = (): void => listener(child.exitCode ?? child.signalCode);
      if (child.exitCode !== null || child.signalCode !== null) ended();
      const failed = listening(child, "error", listener);
      const exited = listening(child, "exit", ended);
      return {
        dispose: () => {
          failed.dispose();
          exited.dispose();
        },
      };
    },
  };
}

/** The parent process, as seen by a forked one. */
export function parentPort(self: NodeJS.Process): Port {
  return {
    post: (message) => {
      self.send?.(message);
    },
    onMessage: (listener) => listening(self, "message", listener),
    onEnd: (listener) => listening(self, "disconnect", listener),
  };
}

function listening(emitter: NodeJS.EventEmitter, event: string, listener: (value: unknown) => void): Disposable {
  emitter.on(event, listener);
  return { dispose: () => void emitter.off(event, listener) };
}
