import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodeString } from "../../../../src/table/cells/jsonText.ts";
import { arraysWithin, type FoundArray } from "../../../../src/table/detect/arrayChoice.ts";

const found = (text: string): FoundArray[] =>
  arraysWithin(text, 0, ({ from, to }) => decodeString(text.slice(from, to)));
const pathsOf = (text: string): string[] => found(text).map(({ path }) => path.join("."));
const namesOf = (text: string): readonly string[] | undefined => found(text)[0]?.names;

describe("the arrays in an object", () => {
  it("are those of objects and of arrays, up to three levels deep, and begin after their bracket", () => {
    const text = '{"a": [ {}],"b":{"c":[[1]]},"d":{"e":{"f":[{}],"g":{"h":[{}]}}},"i":[1],"j":[],"k":"[{"}';
    assert.deepEqual(pathsOf(text).sort(), ["a", "b.c", "d.e.f"]);
    for (const { path, begin } of found(text)) assert.equal(text[begin - 1], "[", path.join());
    assert.deepEqual(found(text)[0], { path: ["a"], begin: 7 });
  });

  it("are at most 50", () => {
    const many = Array.from({ length: 60 }, (_, at) => `"k${at}":[{}]`).join();
    assert.equal(found(`{${many}}`).length, 50);
  });

  it("have decoded names", () => assert.deepEqual(pathsOf('{"\\u0061b":[{}]}'), ["ab"]));

  it("are also found if the text ends in one of them", () => {
    assert.deepEqual(pathsOf('{"a":[{"b":1},{"c'), ["a"]);
    assert.deepEqual(pathsOf('{"a":{"b":[['), ["a.b"]);
    assert.deepEqual(pathsOf('{"a":['), []);
  });
});

describe("the array that is most likely the data", () => {
  for (const [text, best] of [
    ['{"x":[{}],"y":[{},{}]}', "y"],
    ['{"x":[{},{}],"y":[{}]}', "x"],
    ['{"x":[[1],[2]],"y":[{}]}', "y"],
    ['{"x":[{},{},{}],"data":[{}]}', "data"],
    ['{"x":[{}],"data":[[1]]}', "data"],
    ['{"x":{"rows":[{}]},"y":[{},{}]}', "x.rows"],
    ['{"data":{"x":[{}]},"y":[{},{}]}', "y"],
    ['{"errors":[{},{},{}],"x":[[1]]}', "x"],
    ['{"meta":{"data":[{},{},{}]},"x":[[1]]}', "x"],
    ['{"x":[{}],"y":[{}]}', "x"],
    ['{"x":[{},{},{}],"y":[{},{}', "y"],
  ] as const) {
    it(`is ${best} in ${text}`, () => assert.equal(pathsOf(text)[0], best));
  }

  it("is compared by its length up to 200", () => {
    const array = (name: string, length: number): string => `"${name}":[${Array(length).fill("{}").join()}]`;
    assert.equal(pathsOf(`{${array("x", 199)},${array("y", 200)}}`)[0], "y");
    assert.equal(pathsOf(`{${array("x", 200)},${array("y", 201)}}`)[0], "x");
  });

  for (const name of "data record records rows items result results value values entries hits documents docs features list elements objects content aadata edges nodes Data".split(
    " ",
  )) {
    it(`has a name of data: ${name}`, () => {
      assert.equal(pathsOf(`{"x":[{},{}],"${name}":[{}]}`)[0], name);
    });
  }

  for (const name of "_links fields field schema schemas columns col_names colnames cols header headers meta metadata warning warnings errors messages notices info link links shards failures facets filters aggregations pagination paging type types parameters parameter params licence licenses index primarykey query debug log logs context".split(
    " ",
  )) {
    it(`has not a name of something else: ${name}`, () => {
      assert.equal(pathsOf(`{"${name}":[{},{}],"x":[[1]]}`)[0], "x");
      assert.equal(pathsOf(`{"a${name}":[{},{}],"x":[[1]]}`)[0], `a${name}`);
    });
  }
});

describe("the names of the columns of an array of arrays", () => {
  for (const [key, list] of [
    ["columns", '["a","b"]'],
    ["Column", '["a","b"]'],
    ["col_names", '["a","b"]'],
    ["colnames", '["a","b"]'],
    ["column_names", '["a","b"]'],
    ["cols", '["a","b"]'],
    ["fields", '["a","b"]'],
    ["field_names", '["a","b"]'],
    ["headers", '["a","b"]'],
    ["names", '["a","b"]'],
    ["columns", '[{"name":"a"},{"name":"b","type":1}]'],
    ["columns", '[{"type":"t","ID":"a"},{"key":"b"}]'],
    ["columns", '[{"name":5,"title":"a"},{"label":"b"}]'],
    ["columns", '[{"field":"a"},{"fieldName":"b"}]'],
  ] as const) {
    it(`are in ${key}: ${list}`, () => {
      assert.deepEqual(namesOf(`{"${key}":${list},"rows":[[1,2]]}`), ["a", "b"]);
      assert.deepEqual(namesOf(`{"rows":[[1,2]],"${key}":${list}}`), ["a", "b"]);
    });
  }

  for (const [what, text] of [
    ["of another key", '{"other":["a","b"],"rows":[[1,2]]}'],
    ["that are more than the values of the first row", '{"columns":["a","b","c"],"rows":[[1,2],[1,2,3]]}'],
    ["that are no texts", '{"columns":["a",2],"rows":[[1,2]]}'],
    ["of objects without a name", '{"columns":[{"name":"a"},{"type":"b"}],"rows":[[1,2]]}'],
    ["of an empty list", '{"columns":[],"rows":[[]]}'],
    ["of records that are objects", '{"columns":["a","b"],"rows":[{"x":1,"y":2}]}'],
  ] as const) {
    it(`are none ${what}`, () => assert.equal(namesOf(text), undefined));
  }

  it("are those of the list that fits", () => {
    assert.deepEqual(namesOf('{"columns":["a"],"names":["b","c"],"headers":["d","e"],"rows":[[1,2]]}'), ["b", "c"]);
  });
});
