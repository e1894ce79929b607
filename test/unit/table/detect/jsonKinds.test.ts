import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodeString } from "../../../../src/table/cells/jsonText.ts";
import { jsonKind, type JsonText } from "../../../../src/table/detect/jsonKind.ts";

/** The kind in short: where the records begin, and a newline that isn't LF. */
function kindOf(text: string, named: JsonText["named"], whole: boolean): string {
  const kind = jsonKind({ text, decode: ({ from, to }) => decodeString(text.slice(from, to)), whole, named });
  switch (kind?.kind) {
    case undefined:
      return "no JSON";
    case "jsonLines":
      return `lines at ${kind.begin}${kind.newline === 10 ? "" : ` (${kind.newline})`}`;
    case "jsonArray": {
      const arrays = kind.arrays.map(({ path, begin }) => [...path, `array at ${begin}`].join("."));
      return arrays.join(", ") + (kind.textBehind === true ? " with text behind" : "");
    }
    case "broken":
      return "broken";
    case "joined":
    case "other":
      return `${kind.kind} at ${kind.begin}`;
  }
}

const oneTo = (lines: number): string => `${"x\n".repeat(lines)}{"a":1}\n`;

describe("the kind of a JSON text", () => {
  for (const [text, ...kinds] of [
    ['\u001e{"a":1}\n', "lines at 1 (30)", "lines at 1 (30)", "lines at 1 (30)"],
    ["\u001e", "lines at 1 (30)", "lines at 1 (30)", "lines at 1 (30)"],
    ["\u001e x", "no JSON", "no JSON", "no JSON"],
    ["  \u001e[1]", "lines at 3 (30)", "lines at 3 (30)", "lines at 3 (30)"],
    ['x\n{"a":1}\n{"a":2}\n', "lines at 0", "lines at 0", "no JSON"],
    ['x\r{"a":1}\r{"a":2}\r', "lines at 0 (13)", "lines at 0 (13)", "no JSON"],
    ['x\n[{"a":1}]', "array at 3", "array at 3", "no JSON"],
    ["x\n[1]\n[2]\n", "lines at 0", "lines at 0", "no JSON"],
    ["x\n[1,\n2]", "array at 3", "array at 3", "no JSON"],
    ['x\n{"a":1}', "lines at 0", "lines at 0", "no JSON"],
    ['x\n{"a" 1}\n{"a":2}\n', "no JSON", "no JSON", "no JSON"],
    ['x\n{\n"a":1}\n', "no JSON", "no JSON", "no JSON"],
    ["x\ny\n", "no JSON", "no JSON", "no JSON"],
    ['{"a":1}\nx', "broken", "lines at 0", "no JSON"],
    ['{"a":1}\n2', "lines at 0", "lines at 0", "lines at 0"],
    ['{"a":1}\n-2', "lines at 0", "lines at 0", "lines at 0"],
    ['{"a":1}\n"b"', "lines at 0", "lines at 0", "lines at 0"],
    ['{"a":1}\r\n{"a":2}', "lines at 0", "lines at 0", "lines at 0"],
    ['{"a":1}\r{"a":2}', "lines at 0 (13)", "lines at 0 (13)", "lines at 0 (13)"],
    ['{"a":1} {"a":2}', "joined at 0", "joined at 0", "joined at 0"],
    ['{"a":1},{"a":2}', "joined at 0", "joined at 0", "no JSON"],
    ['{"a":1}\u001e{"a":2}', "joined at 0", "joined at 0", "joined at 0"],
    ['{"a" 1} {"a":2}', "broken", "broken", "no JSON"],
    ['{"a":\n1}\n[2]\n', "joined at 0", "joined at 0", "joined at 0"],
    ['{"a":1}, x', "broken", "broken", "no JSON"],
    ['[{"a":1}]\n[{"a":2}]\n', "array at 1", "array at 1", "array at 1"],
    ['[{"a":1}]\n', "array at 1", "lines at 0", "array at 1"],
    ["[1]\n[2]\n", "lines at 0", "lines at 0", "lines at 0"],
    ["[1]", "array at 1", "lines at 0", "array at 1"],
    ['{"a" 1}\n{"a":2}', "broken", "lines at 0", "no JSON"],
    ["[]", "array at 1", "lines at 0", "array at 1"],
    ["[1 2]", "broken", "lines at 0", "no JSON"],
    ['["a" "b"]', "broken", "lines at 0", "no JSON"],
    ['{"a":[{"b":1}],"c":[{}]}', "a.array at 6, c.array at 20", "lines at 0", "a.array at 6, c.array at 20"],
    ['{"a":[{"b":1}]} x', "a.array at 6 with text behind", "a.array at 6 with text behind", "no JSON"],
    ['{"a":1} x', "broken", "broken", "no JSON"],
    ['"a"', "other at 0", "lines at 0", "no JSON"],
    ["1 2", "broken", "broken", "no JSON"],
    ["null", "other at 0", "lines at 0", "no JSON"],
    ["{a}", "broken", "lines at 0", "no JSON"],
    ["(1)", "no JSON", "no JSON", "no JSON"],
    ["a,b\n1,2\n", "no JSON", "no JSON", "no JSON"],
  ] as const) {
    it(`is that of ${JSON.stringify(text)}, depending on the name: ${kinds.join("; ")}`, () => {
      const found = (["json", "jsonLines", "other"] as const).map((named) => kindOf(text, named, true));
      assert.deepEqual(found, kinds);
    });
  }

  for (const [text, whole, ...cut] of [
    ['{"a":1', "broken", "other at 0", "other at 0"],
    ['{"a" 1', "broken", "broken", "no JSON"],
    ['[{"a":1', "array at 1", "array at 1", "array at 1"],
    ['[{"a":1}', "array at 1", "array at 1", "array at 1"],
    ['[{"a" 1}', "array at 1", "array at 1", "no JSON"],
    ["[[1,", "array at 1", "array at 1", "array at 1"],
    ["[1,2", "array at 1", "array at 1", "no JSON"],
    ['["a","b"', "array at 1", "array at 1", "no JSON"],
    ["[x", "broken", "broken", "no JSON"],
    ["[", "broken", "array at 1", "array at 1"],
    ["[{a}]", "array at 1", "array at 1", "no JSON"],
    ['{"a":[{"b":1}', "a.array at 6", "a.array at 6", "a.array at 6"],
    ['"a', "broken", "other at 0", "no JSON"],
    ["", "broken", "other at 0", "no JSON"],
    ['{"a":1}\n', "other at 0", "lines at 0", "lines at 0"],
    ["[1]\n", "array at 1", "lines at 0", "lines at 0"],
    ['[{"a":1}]\n', "array at 1", "lines at 0", "lines at 0"],
  ] as const) {
    it(`of ${JSON.stringify(text)} is ${whole} if it is whole, and otherwise ${cut.join("; ")}`, () => {
      assert.equal(kindOf(text, "json", true), whole);
      assert.deepEqual([kindOf(text, "json", false), kindOf(text, "other", false)], cut);
    });
  }

  it("is found behind up to twenty other lines", () => {
    assert.equal(kindOf(oneTo(20), "json", true), "lines at 0");
    assert.equal(kindOf(oneTo(21), "json", true), "no JSON");
  });
});
