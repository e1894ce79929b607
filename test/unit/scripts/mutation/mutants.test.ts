import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changeOf, mutantsOf, mutated } from "../../../../scripts/mutation/mutants.ts";

/** What the mutants of a text change, in the order of the text. */
function changes(text: string): string[] {
  return mutantsOf(text, "source.ts").map(changeOf);
}

describe("the mutants of a text", () => {
  it("replace operators with similar ones", () => {
    assert.deepEqual(changes("f(a < b);").slice(1), ["< → <=", "< → >="]);
    assert.deepEqual(changes("x = a && b;").slice(1), ["&& → ||"]);
    assert.deepEqual(changes("x += 5;"), ["x += 5; → ;", "+= → -="]);
  });

  it("keep only one side of a default", () => {
    assert.deepEqual(changes("const x = a ?? b;"), ["a ?? b → a", "a ?? b → b"]);
  });

  it("make conditions always true or always false", () => {
    assert.deepEqual(changes("if (a) b();"), ["a → true", "a → false", "b(); → ;"]);
    assert.deepEqual(changes("const x = a ? b : c;"), ["a → true", "a → false"]);
    assert.deepEqual(changes("while (a) b();"), ["a → false", "b(); → ;"]);
    assert.deepEqual(changes("for (; a; ) b();"), ["a → false", "b(); → ;"]);
  });

  it("don't change the condition of an endless loop", () => {
    assert.deepEqual(changes("while (true) b();"), ["true → false", "b(); → ;"]);
  });

  it("remove signs and count in the other direction", () => {
    assert.deepEqual(changes("const x = !a;"), ["!a → a"]);
    assert.deepEqual(changes("const x = -a;"), ["-a → a"]);
    assert.deepEqual(changes("const x = i++;"), ["i++ → i--"]);
    assert.deepEqual(changes("const x = --i;"), ["--i → ++i"]);
  });

  it("change texts, booleans, lists and small numbers, but not large limits", () => {
    assert.deepEqual(changes('const x = "a";'), ['"a" → ""']);
    assert.deepEqual(changes('const x = "";'), ['"" → "mutated"']);
    assert.deepEqual(changes("const x = true;"), ["true → false"]);
    assert.deepEqual(changes("const x = [a];"), ["[a] → []"]);
    assert.deepEqual(changes("const x = 1;"), ["1 → 2"]);
    assert.deepEqual(changes("const x = 65536;"), []);
    assert.deepEqual(changes("const x = a === 404;"), ["=== → !==", "404 → 405"]);
  });

  it("remove anchors and the i flag from patterns", () => {
    assert.deepEqual(changes("const x = /^a$/iu;"), ["/^a$/iu → /a$/iu", "/^a$/iu → /^a/iu", "/^a$/iu → /^a$/u"]);
    assert.deepEqual(changes(String.raw`const x = /a\$/u;`), []);
  });

  it("replace methods with similar ones, and leave some out", () => {
    assert.deepEqual(changes("const x = a.startsWith(b);"), ["startsWith → endsWith"]);
    assert.deepEqual(changes("const x = a.slice(b);"), ["a.slice(b) → a"]);
  });

  it("leave out question marks and await", () => {
    assert.deepEqual(changes("const x = a?.b;"), ["?. → ."]);
    assert.deepEqual(changes("const x = a?.();"), ["?. → nothing"]);
    assert.deepEqual(changes("const x = await a;"), ["await a → a"]);
    assert.deepEqual(changes("await a();"), ["await a() → void a()", "await a(); → ;"]);
  });

  it("leave out statements and bodies", () => {
    assert.deepEqual(changes("throw e;"), ["throw e; → ;"]);
    assert.deepEqual(changes("function f() { return; }"), ["{ return; } → {}", "return; → ;"]);
    assert.deepEqual(changes("class A extends B { constructor() { super(); } }"), []);
  });

  it("don't change types, imports, names and sentences for people", () => {
    assert.deepEqual(changes('import a from "a";\nexport * from "b";\ntype C = "c";\nconst d: "d" = e;'), []);
    assert.deepEqual(changes('const x = { "a-b": c };'), []);
    assert.deepEqual(changes('throw new ExportError("words");'), ['throw new ExportError("words"); → ;']);
    assert.deepEqual(changes('const x = t("Words");'), []);
  });

  it("know their line and the place that a test has to reach", () => {
    const text = "// comment\n  f(a &&\n b);";
    const [, mutant] = mutantsOf(text, "source.ts");
    assert.ok(mutant);
    assert.deepEqual([mutant.line, mutant.lineText], [2, "f(a &&"]);
    assert.equal(text.slice(mutant.reachedAt, mutant.reachedAt + 4), "a &&");
    assert.equal(mutated(text, mutant), "// comment\n  f(a ||\n b);");
  });
});
