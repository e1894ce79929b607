import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import { root } from "../../../../project/checkout.ts";
import { Compilation } from "../../../../scripts/mutation/compilation.ts";

const file = path.join(root, "src/model/untilCancelled.ts");

describe("the compilation of mutants", () => {
  const compilation = new Compilation();

  it("accepts unchanged sources, and code that can't be reached or isn't used", async () => {
    const text = await readFile(file, "utf8");
    assert.equal(compilation.accepts(file, text), true);
    assert.equal(compilation.accepts(file, `${text}\nfunction f(a: number) { if (false) f(1); }`), true);
  });

  it("finds wrong syntax and wrong types, but only in the current text", async () => {
    const text = await readFile(file, "utf8");
    assert.equal(compilation.accepts(file, `${text}\nconst a = ;`), false);
    assert.equal(compilation.accepts(file, `${text}\nexport const a: string = 1;`), false);
    assert.equal(compilation.accepts(file, text), true);
  });
});
