import { csv, type ExportCase } from "./exportCase.ts";

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");
const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const wide = (text: string): Buffer => Buffer.from(text, "utf16le");
const plainRows = Array.from({ length: 90_000 }, (_, row) => `${row},person ${row}\n`).join("");
const padded = Array.from({ length: 200 }, (_, row) => `${row},AB\0\0\0\0,name ${row}\n`).join("");

/** Encodings, also without a mark. */
export const encodingFiles: readonly ExportCase[] = [
  csv("UTF-8 with two marks", "\ufeff\ufeffid,name\n1,Ann\n", {
    columns: ["id", "name"],
    rows: [["1", "Ann"]],
    encoding: "utf-8",
  }),
  csv("UTF-16 with two marks", wide("\ufeff\ufeffid,name\n1,Ann\n"), { columns: ["id", "name"], encoding: "utf-16le" }),
  ...(
    [
      ["Japanese, one row", "名前,住所\n"],
      ["Japanese", "番号,住所\n0,東京都千代田区丸の内\n1,大阪市北区\n"],
      ["Chinese, with many characters that end in zero", "一一,一一一\n一,一一一一一\n二,一一\n"],
      ["Hindi", "नाम,शहर\nअमित,दिल्ली\nरवि,मुंबई\n"],
      ["Punjabi, whose letters look like newlines", "ਨਾਮ,ਸ਼ਹਿਰ\nਅਮਿਤ,ਲੁਧਿਆਣਾ\n"],
      ["Russian", "имя,город\nИван,Москва\n"],
      ["Arabic", "الاسم,المدينة\nمحمد,القاهرة\n"],
      ["Emoji", "a,b\n😀😀😀,🎉\n😀,🎉🎉\n"],
    ] as const
  ).flatMap(([script, text]) => [
    csv(`UTF-16 LE without a mark: ${script}`, wide(text), {
      encoding: "utf-16le",
      columns: text.split("\n")[0]?.split(",") ?? [],
    }),
    csv(`UTF-16 BE without a mark: ${script}`, wide(text).swap16(), {
      encoding: "utf-16be",
      columns: text.split("\n")[0]?.split(",") ?? [],
    }),
  ]),
  csv("One NUL in a short file", "id,name\n1,An\0n\n2,Bob\n", { rows: [["1", "An\0n"]], total: 2, encoding: "utf-8" }),
  csv("Fields filled up with NULs", `id,code,name\n${padded}`, { total: 200, encoding: "utf-8" }),
  csv("Shift-JIS", bytes("96bc914f 2c 8f5a8f8a 0a 8e529363 2c 938c8b9e 0a"), {
    columns: ["名前", "住所"],
    rows: [["山田", "東京"]],
    encoding: "shift_jis",
  }),
  csv("GB18030", bytes("d0d5c3fb 2c b3c7cad0 0a d5c5c8fd 2c b1b1bea9 0a"), {
    columns: ["姓名", "城市"],
    rows: [["张三", "北京"]],
    encoding: "gb18030",
  }),
  csv(
    "Shift-JIS, with backslashes before quotes",
    bytes(
      "94d48d862c8365834c835883670a312c2288ea9797955c220a322c22835c815b8358205c22955c5c222089c2945c220a332c22907d955c2c20975c92e8220a",
    ),
    {
      columns: ["番号", "テキスト"],
      rows: [
        ["1", "一覧表"],
        ["2", 'ソース "表" 可能'],
        ["3", "図表, 予定"],
      ],
      total: 3,
      encoding: "shift_jis",
    },
  ),
  csv(
    "Shift-JIS, with pipes in letters and between values",
    bytes("94d48d867c96bc914f0a317c837c2283930a327c955c2c2022938c8b9e220a"),
    {
      rows: [
        ["1", 'ポ"ン'],
        ["2", '表, "東京"'],
      ],
      delimiter: "|",
      total: 2,
      encoding: "shift_jis",
    },
  ),
  {
    what: "JSON in Shift-JIS, with backslashes in letters",
    fileName: "export.json",
    content: bytes(
      "5b7b2296bc914f223a2288ea9797955c227d2c7b2296bc914f223a22835c815b8358227d2c7b2296bc914f223a228b40945c227d5d",
    ),
    expected: { columns: ["名前"], rows: [["一覧表"], ["ソース"], ["機能"]], total: 3, encoding: "shift_jis" },
  },
  {
    what: "JSON in Big5, with backslashes in letters",
    fileName: "export.json",
    content: bytes(
      "5b7b22a96da657223a22b35ca55cbb5c227d2c7b22a96da657223a22a7daadccaaba227d2c7b22a96da657223a22a55c227d5d",
    ),
    expected: { columns: ["姓名"], rows: [["許功蓋"], ["我們的"], ["功"]], total: 3, encoding: "big5" },
  },
  csv(
    "ISO-2022-JP",
    latin1(
      '\u001b$BL>A0\u001b(B,\u001b$B=;=j\u001b(B\n\u001b$B;3ED\u001b(B,"\u001b$BEl5~\u001b(B, \u001b$BI=\u001b(B"\n',
    ),
    {
      columns: ["名前", "住所"],
      rows: [["山田", "東京, 表"]],
      total: 1,
      encoding: "iso-2022-jp",
    },
  ),
  csv("ISO-8859-2", bytes("69643b6e616d650a313ba3756b61737a0a323ba67769b174656b0a"), {
    rows: [
      ["1", "Łukasz"],
      ["2", "Świątek"],
    ],
    encoding: "iso-8859-2",
  }),
  csv("Windows-1250", bytes("6964 3b 6e 0a 31 3b 8c7769ea746f73b3617720 af f3b3e6 0a"), {
    rows: [["1", "Świętosław Żółć"]],
    encoding: "windows-1250",
  }),
  csv("Windows-1251", bytes("e8ecff 2c e3eef0eee4 0a c8e2e0ed 2c cceef1eae2e0 0a cff2f0 2c d2e2e5f0fc 0a"), {
    columns: ["имя", "город"],
    encoding: "windows-1251",
  }),
  csv("Two Czech names in Windows-1250", bytes("69642c6e616d650a312c44766ff8e1e8656b0a322c52f99e69e86b610a"), {
    rows: [
      ["1", "Dvořáček"],
      ["2", "Růžička"],
    ],
  }),
  csv("Three Turkish names in Windows-1254", bytes("69642c6e616d650a312c59fd6c6d617a0a322cde656e0a332c4bfd6cfde70a"), {
    rows: [["1", "Yılmaz"]],
    encoding: "windows-1254",
  }),
  csv("Latin-1", latin1("name,city\nJosé,Málaga\nZoë,Köln\n"), {
    rows: [["José", "Málaga"]],
    encoding: "windows-1252",
  }),
  csv("Latin-1 with one letter", latin1("id,name\n1,Müller\n"), { rows: [["1", "Müller"]], encoding: "windows-1252" }),
  csv("A degree sign in Latin-1", latin1("t,v\n1,5°C\n2,7°C\n"), { rows: [["1", "5°C"]], encoding: "windows-1252" }),
  csv("UTF-8 with one damaged character", Buffer.concat([Buffer.from("é,ü\nß,ø\n"), bytes("ff 2c 61 0a")]), {
    rows: [
      ["ß", "ø"],
      ["\ufffd", "a"],
    ],
    encoding: "utf-8",
  }),
];

/** Files whose encoding shows only after their first MiB. */
export const lateEncodings: readonly ExportCase[] = [
  csv("Latin-1 after the first MiB", Buffer.concat([Buffer.from(`id,name\n${plainRows}`), latin1("90000,José\n")]), {
    rows: [["90000", "José"]],
    total: 90_001,
    encoding: "windows-1252",
  }),
  csv(
    "A damaged byte after UTF-8 and the first MiB",
    Buffer.concat([Buffer.from(`id,näme\n${plainRows}`), latin1("90000,José\n")]),
    {
      rows: [["90000", "Jos\ufffd"]],
      total: 90_001,
      encoding: "utf-8",
    },
  ),
];
