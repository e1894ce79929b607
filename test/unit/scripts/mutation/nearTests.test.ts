import assert from "node:assert/strict";
import path from "node:path";
import { describe, it } from "node:test";
import { root } from "../../../../project/checkout.ts";
import { nearestTests } from "../../../../scripts/mutation/nearTests.ts";

const nearest = nearestTests(
  [
    "http/fetchingFromAfar.test.ts",
    "vscode/commandCall.test.ts",
    "download/network.test.ts",
    "http/networkErrors.test.ts",
    "http/retryAfter.test.ts",
    "http/undiciClient.test.ts",
  ].map((name) => path.join(root, "test/unit", name)),
);

function testsOf(source: string): string[] {
  return nearest(path.join(root, "src", source)).map((test) => path.basename(test, ".test.ts"));
}

describe("the tests of a source", () => {
  it("begin with the one that mirrors it", () => {
    assert.equal(testsOf("http/retryAfter.ts")[0], "retryAfter");
    assert.equal(testsOf("http/networkErrors.ts")[0], "networkErrors");
  });

  it("continue with those in its folder that import it, then with those in other folders", () => {
    const tests = testsOf("http/dispatchers.ts");
    assert.ok(tests.indexOf("undiciClient") < tests.indexOf("network"));
  });

  it("end with those in its folder that don't import it, and leave out those in other folders", () => {
    const tests = testsOf("http/retryAfter.ts");
    assert.ok(tests.indexOf("network") < tests.indexOf("fetchingFromAfar"));
    assert.ok(!testsOf("services/spaaza/taskId.ts").includes("retryAfter"));
  });
});
