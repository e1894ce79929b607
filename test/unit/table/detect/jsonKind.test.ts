import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { detectContent, headBytes, type Detected } from "../../../../src/table/detect/detectContent.ts";
import { layOutJson } from "../../../../src/table/detect/jsonLayout.ts";
import { decodeString } from "../../../../src/table/cells/jsonText.ts";
import type { Encoding, ReadAs, Reading } from "../../../../src/table/tableTypes.ts";
import { encoded } from "../cells/slowRows.ts";

function detect(text: string | Uint8Array, fileName = "export.json", whole = true): Detected {
  const head = typeof text === "string" ? Buffer.from(text) : text;
  return detectContent(head.subarray(0, headBytes), { fileName, whole: whole && head.length <= headBytes, readAs: {} });
}

/** Kind, path and what stands at the beginning of the first row. */
function found(text: string, fileName?: string, whole?: boolean): readonly unknown[] {
  const detected = detect(text, fileName, whole);
  if ("problem" in detected) return [detected.problem.kind];
  const { kind, arrayPath } = detected.reading;
  return [
    kind,
    arrayPath,
    Buffer.from(text)
      .subarray(detected.begin, detected.begin + 4)
      .toString(),
  ];
}

const envelope = '{ "result": {"items": [ {"a": 1} ] }, "errors": [] }';

describe("JSON records", () => {
  for (const [what, text, kind] of [
    ["the objects of an array", ' [{"a":1},{"a":2}]', ["jsonArray", [], '{"a"']],
    ["the objects of a formatted array", '\ufeff[\n  {\n    "a": 1\n  }\n]\n', ["jsonArray", [], "\n  {"]],
    ["an array's numbers", "[1, 2, 3]", ["jsonArray", [], "1, 2"]],
    ["an array's arrays", "[[1, 2], [3]]", ["jsonArray", [], "[1, "]],
    ["none of an empty array", "[]", ["jsonArray", [], "]"]],
    ["the first half of one", '[{"a": 1, "b', ["jsonArray", [], '{"a"']],
    ["lines", '\n{"a":1}\n{"a":2}\n', ["jsonLines", [], '{"a"']],
    ["lines of arrays", "[1,2]\r\n[3,4]\r\n", ["jsonLines", [], "[1,2"]],
    ["lines, the last cut", '{"a":1}\n{"a":', ["jsonLines", [], '{"a"']],
    ["the array inside an envelope", envelope, ["jsonArray", ["result", "items"], ' {"a']],
    ["the objects, not the scalars, in an envelope", '{"ids":[1,2],"rows":[{"a":1}]}', ["jsonArray", ["rows"], '{"a"']],
    ["an array under an escaped key", '{"d\\u00e9\\"":[{"a":1}]}', ["jsonArray", ['dé"'], '{"a"']],
    ["an array three objects deep", '{"a":{"b":{"c":[{}]}}}', ["jsonArray", ["a", "b", "c"], "{}]}"]],
    ["an array before damage", '{"rows":[{"a":1}], oops}', ["jsonArray", ["rows"], '{"a"']],
  ] as const) {
    it(`are ${what}`, () => assert.deepEqual(found(text), kind));
  }

  it("are recognized by their content if the name says something else", () => {
    assert.deepEqual(found('[{"a":1},\n{"a":2}]', "x.csv")[0], "jsonArray");
    assert.deepEqual(found('{"a":1}\n{"a":2}\n', "x.csv")[0], "jsonLines");
    assert.deepEqual(found(envelope, "x.txt")[0], "jsonArray");
    assert.deepEqual(found('[{"a":1},\n{"a":2}]', "x.jsonl")[0], "jsonArray");
  });

  it("are JSON lines if the file has only one line and the name says so", () => {
    assert.deepEqual(found('{"a":1}', "x.ndjson")[0], "jsonLines");
    assert.deepEqual(found('{"a":1', "x.jsonl")[0], "jsonLines");
    assert.deepEqual(found("1\n2\n", "x.jsonl")[0], "jsonLines");
    assert.deepEqual(found('{"rows":[{"a":1}]}', "x.jsonl")[0], "jsonLines");
  });

  it("are JSON lines if the first line is complete and more follows", () => {
    assert.deepEqual(found('{"a":1}\n', "x.json", false)[0], "jsonLines");
    assert.deepEqual(found('{"a":1}\n', "x.json", true)[0], "jsonText");
  });

  it("are recognized if the first of them is longer than the beginning that is looked at", () => {
    const long = `{"a":"${"x".repeat(2 * headBytes)}`;
    assert.deepEqual(found(`[${long}`).slice(0, 2), ["jsonArray", []]);
    assert.deepEqual(found(`[${long}`, "x.csv").slice(0, 2), ["jsonArray", []]);
    assert.deepEqual(found(`{"rows":[${long}`).slice(0, 2), ["jsonArray", ["rows"]]);
    assert.deepEqual(found(long, "x.ndjson").slice(0, 2), ["jsonLines", []]);
  });

  for (const encoding of ["utf-8", "utf-16le", "utf-16be"] satisfies Encoding[]) {
    it(`begin at the right byte of ${encoding}, with and without mark`, () => {
      const before = '{"naïve €": ';
      for (const mark of ["\ufeff", ""]) {
        const detected = detect(encoded(`${mark}${before}[{"a":1}]}`, encoding));
        assert.ok("reading" in detected);
        assert.deepEqual(detected.reading.arrayPath, ["naïve €"]);
        assert.equal(detected.begin, encoded(`${mark}${before}[`, encoding).length);
        assert.equal(detected.reading.encoding, encoding);
      }
    });
  }
});

describe("JSON that is no list of records", () => {
  it("is shown laid out over lines", () => {
    const detected = detect('{"a":{"b":[],"c":[1.10,"x, {y}"]}, "d": 12345678901234567890}');
    assert.deepEqual(detected, {
      problem: {
        kind: "jsonText",
        text: '{\n  "a": {\n    "b": [],\n    "c": [\n      1.10,\n      "x, {y}"\n    ]\n  },\n  "d": 12345678901234567890\n}',
        cut: false,
      },
    });
  });

  for (const text of ['{"ids":[1,2]}', '{"a":{"b":{"c":{"d":[{}]}}}}', '{"rows":[]}', '"text"', "12.50", "null"]) {
    it(`is ${text}`, () => assert.deepEqual(found(text), ["jsonText"]));
  }

  it("is cut if it is long", () => {
    const detected = detect(`{"a":"${"x".repeat(3 * headBytes)}"}`);
    assert.ok("problem" in detected && detected.problem.kind === "jsonText");
    assert.equal(detected.problem.cut, true);
    assert.equal(detected.problem.text.length, 200_000);
    assert.deepEqual(detect('{"a":1,"b":', "export.json", false), {
      problem: { kind: "jsonText", text: '{\n  "a": 1,\n  "b": ', cut: true },
    });
  });

  for (const text of [
    "[",
    "[abc",
    "[1 2]",
    "{",
    "{oops}\n{oops}\n",
    '{"a": 1',
    '{"a": 1}}',
    "{'a': 1}",
    '{"a": {"b": oops}}',
    "nope",
    '"open',
    '"a" 1',
  ]) {
    it(`is broken for ${text}`, () => assert.deepEqual(found(text), ["brokenJson"]));
  }
});

describe("A truncated string of backslashes", { timeout: 20_000 }, () => {
  for (const [what, count] of [
    ["an odd number", 1_000_001],
    ["an even number", 1_000_000],
  ] as const) {
    it(`takes time in proportion to its length: ${what}`, () => {
      const text = `[{"a":"${"\\".repeat(count)}`;
      assert.deepEqual(found(text.slice(0, headBytes)).slice(0, 2), ["jsonArray", []]);
      assert.equal(decodeString(`"${"\\".repeat(count)}`).length, count >> 1);
    });
  }
});

describe("The array with the records", () => {
  const text = '{"warnings":[{"a":1}],"data":[{"b":1}],"more":{"rows":[[1],[2]]}}';
  const readingOf = (readAs: ReadAs): Reading | undefined => {
    const detected = detectContent(Buffer.from(text), { fileName: "x.json", whole: true, readAs });
    return "problem" in detected ? undefined : detected.reading;
  };

  it("can be chosen by the user among all arrays of the file", () => {
    const { arrayPath, arrays } = readingOf({}) ?? {};
    assert.deepEqual([arrayPath, arrays], [["data"], [["data"], ["more", "rows"], ["warnings"]]]);
    assert.deepEqual(readingOf({ arrayPath: ["warnings"] })?.arrayPath, ["warnings"]);
    assert.deepEqual(readingOf({ arrayPath: ["none"] })?.arrayPath, ["data"]);
  });
});

describe("Formatted JSON", () => {
  it("is the same as that of JSON.stringify, also if it is cut", () =>
    fc.assert(
      fc.property(fc.json(), fc.nat(200), (json, longest) => {
        const value: unknown = JSON.parse(json);
        const whole = JSON.stringify(value, null, 2);
        const text = JSON.stringify(value);
        assert.deepEqual(layOutJson(json, 1e9), { text: whole, cut: false });
        assert.deepEqual(layOutJson(whole, 1e9), { text: whole, cut: false });
        const shown = layOutJson(text, longest);
        assert.equal(shown.text, whole.slice(0, longest));
        assert.equal(shown.cut, whole.length > longest);
      }),
      { numRuns: 500 },
    ));

  it("does not become huge if it is nested deeply", () =>
    assert.ok(layOutJson("[".repeat(1_000), 1e9).text.length < 100_000));
});
