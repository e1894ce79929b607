import type { Expected, ExportCase } from "./exportCase.ts";

function json(what: string, content: string | Uint8Array, expected: Expected, fileName = "export.json"): ExportCase {
  return { what, fileName, content, expected };
}

function lines(what: string, content: string, expected: Expected): ExportCase {
  return json(what, content, expected, "export.ndjson");
}

const three = { columns: ["id"], rows: [["1"], ["2"], ["3"]], total: 3 };

/** JSON of all kinds. */
export const jsonFiles: readonly ExportCase[] = [
  json("Objects one after the other", '{"id":1}{"id":2} {"id":3}', three),
  json("Formatted objects one after the other", '{\n  "id": 1\n}\n{\n  "id": 2\n}\n{\n  "id": 3\n}\n', three),
  json("Objects with commas between them", '{"id":1},\n{"id":2},\n{"id":3}\n', three),
  json("Objects with commas after all of them", '{"id":1},\n{"id":2},\n{"id":3},\n', three),
  json("Arrays one after the other", '[{"id":1},{"id":2}]\n[{"id":3}]\n', three),
  json("Formatted arrays one after the other", '[\n {"id":1},\n {"id":2}\n]\n[\n {"id":3}\n]\n', three),
  json("A sequence with record separators", '\u001e{"id":1}\n\u001e{"id":2}\n\u001e{"id":3}\n', three),
  json("A sequence with an incomplete record", '\u001e{"id":1}\n\u001e{"id":\n\u001e{"id":3}\n', {
    columns: ["id"],
    rows: [["1"], [""], ["3"]],
    total: 3,
    unreadableRows: 1,
  }),
  json("Text after an array", '[{"id":1},{"id":2}]\n<br />\n<b>Fatal error</b>: memory\n', {
    rows: [["1"], ["2"]],
    total: 2,
    unreadableRows: 1,
  }),
  json("Text after an empty array", "[]\nFatal error\n", { rows: [["Fatal error"]], total: 1, unreadableRows: 1 }),
  json("Text after an object with the array", '{"items":[{"id":1},{"id":2}]}\ntrailing text', {
    rows: [["1"], ["2"]],
    total: 2,
    unreadableRows: 1,
  }),
  json("Text between objects", '{"id":1}{"id":2} oops {"id":3}', { rows: [["1"], ["2"]], total: 3, unreadableRows: 1 }),
  lines("Lines with CR", '{"id":1}\r{"id":2}\r{"id":3}\r', three),
  lines("Blank lines between lines", '\n{"id":1}\n\n \t\r\n{"id":2}\n{"id":3}\n\n', three),
  lines("A line of a log before the records", 'starting export\n{"id":1}\n{"id":2}\n', {
    columns: ["value", "id"],
    rows: [["starting export"], ["", "1"], ["", "2"]],
    total: 3,
    unreadableRows: 1,
  }),
  json("A line of a log before an array", 'starting export\n[{"id":1},{"id":2},{"id":3}]\n', three),
  lines("Objects one after the other, named as lines", '{"id":1}{"id":2}{"id":3}\n', three),
  json("`NaN` and `Infinity`", '[{"a":1,"b":NaN},{"a":-Infinity,"b":[NaN, "NaN"]}]', {
    columns: ["a", "b"],
    rows: [
      ["1", "NaN"],
      ["-Infinity", '[NaN,"NaN"]'],
    ],
  }),
  json(
    "A schema before the data",
    '{"schema":{"fields":[{"name":"index"},{"name":"x"}]},"data":[{"index":0,"x":"a"}]}',
    {
      columns: ["index", "x"],
      rows: [["0", "a"]],
    },
  ),
  json(
    "Fields before the records",
    '{"result":{"fields":[{"id":"_id"},{"id":"city"}],"records":[{"_id":1,"city":"Rome"}]}}',
    {
      columns: ["_id", "city"],
    },
  ),
  json("Warnings before the rows", '{"warnings":[{"code":"W1"}],"rows":[{"id":0}]}', { columns: ["id"] }),
  json(
    "Failed shards before the hits",
    '{"_shards":{"failures":[{"shard":0}]},"hits":{"total":1,"hits":[{"_id":"1","_source":{"a":1}}]}}',
    {
      columns: ["_id", "_source"],
      rows: [["1", '{"a":1}']],
    },
  ),
  json(
    "Arrays, with the names of columns elsewhere",
    '{"columns":["id","name"],"index":[0,1],"data":[[1,"Ann"],[2,"Bob"]]}',
    {
      columns: ["id", "name"],
      rows: [
        ["1", "Ann"],
        ["2", "Bob"],
      ],
    },
  ),
  json(
    "Arrays, with objects for the columns",
    '{"meta":{"columns":[{"name":"id"},{"name":"id"}]},"data":[[1,"Ann"]]}',
    {
      columns: ["id", "id (2)"],
      rows: [["1", "Ann"]],
    },
  ),
  json("Arrays without names", '{"range":"A1:B3","values":[["NAME","POP"],["Rome","10"]]}', {
    columns: ["1", "2"],
    total: 2,
  }),
  json("A key twice in an object", '[{"id":1,"tag":"a","tag":"b","tag":"c"},{"id":2,"tag":"d"}]', {
    columns: ["id", "tag", "tag (2)", "tag (3)"],
    rows: [
      ["1", "a", "b", "c"],
      ["2", "d"],
    ],
    total: 2,
  }),
  json("A key twice, and one with the name of its second column", '[{"a":1,"a (2)":2,"a":3}]', {
    columns: ["a", "a (2)", "a (3)"],
    rows: [["1", "2", "3"]],
  }),
  lines("A line that is damaged between its members", '{"id":1}\n{"id":2,“name":"Ann"}\n{"id":3}\n', {
    columns: ["id"],
    rows: [["1"], ['{"id":2,“name":"Ann"}'], ["3"]],
    total: 3,
    unreadableRows: 1,
  }),
  lines("A line that is damaged so that it never ends", '{"id":1}\n{"id":2,“name:"Ann"}\n{"id":3}\n', {
    columns: ["id"],
    rows: [["1"], ['{"id":2,“name:"Ann"}'], ["3"]],
    total: 3,
    unreadableRows: 1,
  }),
];
