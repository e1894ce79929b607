import assert from "node:assert/strict";
import { describe, it } from "node:test";
import tls from "node:tls";
import { createCertificateStore } from "../../../src/http/certificates.ts";

describe("the operating system's certificates", () => {
  it("aren't added if only their line ends differ from those of Node's own certificates", (context) => {
    context.mock.method(tls, "getCACertificates", (store: string) =>
      store === "system" ? ["\none\r\n", "two"] : ["one", "two\n"],
    );
    assert.equal(createCertificateStore().trusted({ caFile: "", systemStore: true }), undefined);
  });

  it("are read once and added once, after Node's own", (context) => {
    const read = context.mock.method(tls, "getCACertificates", (store: string) =>
      store === "system" ? ["three\n", "three", "one"] : ["one", "two"],
    );
    const certificates = createCertificateStore();
    assert.deepEqual(certificates.trusted({ caFile: "", systemStore: true }), ["one", "two", "three"]);
    assert.equal(certificates.trusted({ caFile: "", systemStore: false }), undefined);
    assert.deepEqual(certificates.trusted({ caFile: "", systemStore: true }), ["one", "two", "three"]);
    assert.equal(read.mock.calls.filter(({ arguments: [store] }) => store === "system").length, 1);
  });
});
