import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type * as v from "valibot";
import { ExportError } from "../../../src/model/exportError.ts";
import { readRequest } from "../../../src/model/readRequest.ts";
import {
  accountRequest,
  callOptions,
  downloadOptions,
  downloadRequest,
  pageOptions,
  taskId,
} from "../../../src/model/requestShapes.ts";

const account = {
  service: "spaaza",
  label: "Shop",
  credentials: { kind: "privileged", tokenId: "id", tokenSecret: "planted-secret" },
};

/** The message of the `invalidRequest` that a value is rejected with. */
function refusal(schema: v.GenericSchema, given: unknown): string {
  try {
    readRequest(schema, given, "request");
  } catch (error) {
    assert.ok(error instanceof ExportError, String(error));
    assert.equal(error.code, "invalidRequest");
    assert.match(error.message, /\.$/);
    return error.message;
  }
  return assert.fail("it was accepted");
}

describe("what another extension passes", () => {
  it("can name a task by a string, or by a number that is small enough to be exact", () => {
    for (const id of ["12345", 0, 12_345, Number.MAX_SAFE_INTEGER, "9007199254740993"]) {
      assert.equal(readRequest(taskId, id, "taskId"), String(id));
    }
    for (const id of [2 ** 53, 1e21, NaN, Infinity, -1, 1.5, 12n]) {
      assert.match(refusal(taskId, id), /Pass a larger number as a string/);
    }
    for (const id of [undefined, null, true, {}, [], Symbol("id"), () => "1"]) {
      assert.match(refusal(taskId, id), /must be a string/);
    }
    for (const id of ["", "  ", "1".repeat(5000)]) assert.match(refusal(taskId, id), /empty or too long/);
  });

  it("is rejected by the length of its lists before an entry is read", () => {
    let reads = 0;
    const counted = <Value extends object>(target: Value): Value =>
      new Proxy(target, {
        get: (given, key) => {
          if (key !== "length" && typeof key === "string") reads += 1;
          return Reflect.get(given, key) as unknown;
        },
      });
    const files = counted(Array.from({ length: 20_000 }, (_, at) => at));
    assert.equal(
      refusal(downloadRequest, { taskId: "1", files }),
      "files is missing or has the wrong type. Check the call.",
    );
    const values = counted(Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`key${at}`, "value"])));
    const credentials = { kind: "custom", values };
    assert.match(refusal(accountRequest, { ...account, credentials }), /more than 100 values/);
    assert.equal(reads, 0);
  });

  it("is rejected with the name of the wrong field", () => {
    for (const [changes, field] of [
      [{ accountId: 5 }, "accountId"],
      [{ files: [0, -1] }, "files.1"],
      [{ files: "all" }, "files"],
      [{ folder: 1 }, "folder"],
      [{ fileExists: "destroy" }, "fileExists"],
      [{ open: true }, "open"],
      [{ beside: "yes" }, "beside"],
    ] as const) {
      const message = `${field} is missing or has the wrong type. Check the call.`;
      assert.equal(refusal(downloadRequest, { taskId: "1", ...changes }), message);
    }
    for (const nothing of [undefined, null, 5, "1", true, () => "1"]) {
      assert.match(refusal(downloadRequest, nothing), /^request is missing or has the wrong type/);
    }
  });

  it("never has its credentials in a message", () => {
    const secret = { kind: "privileged", tokenId: "planted-secret" };
    const secrets: unknown[] = [
      secret,
      { ...secret, tokenSecret: ["planted-secret"] },
      "planted-secret",
      { kind: "planted-secret" },
    ];
    for (const credentials of secrets) {
      assert.doesNotMatch(refusal(accountRequest, { ...account, credentials }), /planted/);
    }
  });

  it("can have unknown fields, and fields that are undefined", () => {
    const given = { taskId: 7, accountId: undefined, folder: undefined, later: { version: 2 } };
    assert.deepEqual(readRequest(downloadRequest, given, "request"), { taskId: "7" });
    assert.deepEqual(readRequest(accountRequest, { ...account, endpoint: undefined }, "request"), account);
  });

  it("is read once, so that a checked value is the value that is used", () => {
    const reads = new Map<string | symbol, number>();
    const watched = new Proxy<object>(
      { taskId: "1", accountId: "a", files: [1] },
      {
        get(target, field, receiver): unknown {
          reads.set(field, (reads.get(field) ?? 0) + 1);
          return (reads.get(field) ?? 0) > 1 ? { changed: true } : Reflect.get(target, field, receiver);
        },
      },
    );
    assert.deepEqual(readRequest(downloadRequest, watched, "request"), { taskId: "1", accountId: "a", files: [1] });
    assert.deepEqual(Object.fromEntries(reads), { accountId: 1, files: 1, taskId: 1 });
  });

  it("is rejected with a code if it throws while it is read", () => {
    const throwing = {
      get taskId(): string {
        throw new RangeError("planted-secret");
      },
    };
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    for (const given of [throwing, revoked.proxy]) {
      assert.equal(refusal(downloadRequest, given), "request can't be read. Pass a plain object.");
    }
  });

  it("can be canceled only by an AbortSignal", () => {
    const controller = new AbortController();
    const { signal } = readRequest(callOptions, { signal: controller.signal }, "options");
    assert.equal(signal?.aborted, false);
    controller.abort();
    assert.equal(signal.aborted, true);
    assert.equal(readRequest(callOptions, { signal: AbortSignal.abort() }, "options").signal?.aborted, true);
    for (const schema of [callOptions, pageOptions, downloadOptions]) {
      assert.deepEqual(readRequest(schema, undefined, "options"), {});
      for (const wrong of [null, {}, { aborted: false }, new EventTarget(), new AbortController(), "abort"]) {
        assert.match(refusal(schema, { signal: wrong }), /^signal is missing or has the wrong type/);
      }
      assert.match(refusal(schema, null), /^request/);
    }
    assert.match(refusal(downloadOptions, { onProgress: {} }), /^onProgress/);
  });

  it("can't pass a signal that only looks like one, or one with functions of its own", () => {
    const broken = (): never => {
      throw new TypeError("planted-secret");
    };
    const unreadable = Object.defineProperty(new AbortController().signal, "aborted", { get: broken });
    const revoked = Proxy.revocable(new AbortController().signal, {});
    revoked.revoke();
    for (const schema of [callOptions, pageOptions, downloadOptions]) {
      const fakes: unknown[] = [Object.create(AbortSignal.prototype), Object.create(new AbortController().signal)];
      for (const wrong of [...fakes, unreadable, revoked.proxy]) {
        assert.match(refusal(schema, { signal: wrong }), /^signal is missing or has the wrong type/);
      }
    }
    const controller = new AbortController();
    const changed = Object.assign(controller.signal, { addEventListener: broken, removeEventListener: broken });
    const { signal } = readRequest(callOptions, { signal: changed }, "options");
    let heard = 0;
    signal?.addEventListener("abort", () => heard++, { once: true });
    controller.abort();
    assert.equal(heard, 1);
  });

  it("is rejected if the name of its folder contains a null character", () => {
    for (const folder of ["/tmp/\0x", "\0", "file:///tmp/%00x"]) {
      const message = "folder contains a null character, which no path can have. Check the call.";
      assert.equal(refusal(downloadRequest, { taskId: "1", folder }), message);
    }
    assert.equal(readRequest(downloadRequest, { taskId: "1", folder: "/tmp/50%00" }, "request").folder, "/tmp/50%00");
  });

  it("is rejected if its page size is not a whole number from 1 to 1,000", () => {
    assert.deepEqual(readRequest(pageOptions, { pageSize: 1000, cursor: "c" }, "options"), {
      pageSize: 1000,
      cursor: "c",
    });
    for (const pageSize of [0, -1, 1.5, NaN, 1e9, "50", null]) {
      assert.match(refusal(pageOptions, { pageSize }), /^pageSize is missing or has the wrong type/);
    }
  });
});
