import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bytesOf } from "../../../../bench/fuzz/encodedText.ts";
import { guessEncoding } from "../../../../src/table/encodings/guessEncoding.ts";
import { decodeText } from "../../../../src/table/source/textDecoding.ts";

/** Short texts by encoding, as the bytes of other programs. */
const texts: readonly (readonly [encoding: string, bytes: string, text: string])[] = [
  ["Shift-JIS", "96bc914f2c8f5a8f8a0a8e5293632c938c8b9e0a", "名前,住所\n山田,東京\n"],
  [
    "Shift-JIS",
    "8fa495692c89bf8a692c94f58d6c0a82e882f182b22c3130302c9056914e82c889ca95a882c582b70a836f836983692c3230302c83748342838a837383938e590a",
    "商品,価格,備考\nりんご,100,新鮮な果物です\nバナナ,200,フィリピン産\n",
  ],
  [
    "Shift-JIS",
    "69642c89ef8ed096bc0a312c8a948eae89ef8ed093fa97a790bb8dec8f8a0a322c83678388835e8ea993ae8ed40a",
    "id,会社名\n1,株式会社日立製作所\n2,トヨタ自動車\n",
  ],
  ["GB18030", "d0d5c3fb2cb3c7cad00ad5c5c8fd2cb1b1bea90a", "姓名,城市\n张三,北京\n"],
  [
    "GB18030",
    "69642cb9abcbbe0a312cd6d0b9facaafd3cdccecc8bbc6f8bcafcdc5b9abcbbe0a322cbbaaceaabcbccaf5d3d0cfdeb9abcbbe0a",
    "id,公司\n1,中国石油天然气集团公司\n2,华为技术有限公司\n",
  ],
  ["GB18030", "b1b1bea90a", "北京\n"],
  [
    "Big5",
    "a96da6572cabb0a5ab0aa4fda470a9fa2cbb4fa55f0ab3afa46aa4e52cb0aab6af0a",
    "姓名,城市\n王小明,臺北\n陳大文,高雄\n",
  ],
  ["Big5", "69642cb3c6b5f90a312cb36fac4fa440add3b4fab8d5c0c9aed70a", "id,備註\n1,這是一個測試檔案\n"],
  [
    "EUC-KR",
    "c0ccb8a72cb5b5bdc30ab1e8c3b6bcf62cbcadbfef0ab9dabfb5c8f12cbacebbea0a",
    "이름,도시\n김철수,서울\n박영희,부산\n",
  ],
  [
    "EUC-KR",
    "69642cbaf1b0ed0a312cc0ccb0cdc0ba20bdc3c7e820c6c4c0cfc0d4b4cfb4d90a",
    "id,비고\n1,이것은 시험 파일입니다\n",
  ],
  ["EUC-JP", "ccbec1b02cbdbbbdea0abbb3c5c4a4b5a4f32cc5ecb5fea4c7a4b90a", "名前,住所\n山田さん,東京です\n"],
  ["EUC-JP", "69642cc8f7b9cd0a312ca4b3a4eca4cfa5c6a5b9a5c8a4c7a4b90a", "id,備考\n1,これはテストです\n"],
  ["ISO-8859-2", "69643b6e616d650a313ba3756b61737a0a", "id;name\n1;Łukasz\n"],
  [
    "ISO-8859-2",
    "696d69ea3b6d696173746f0a5a61bff3b3e63ba3f364bc0a47eab66c613b4b72616bf3770a",
    "imię;miasto\nZażółć;Łódź\nGęśla;Kraków\n",
  ],
  [
    "Windows-1250",
    "696d69ea3b6d696173746f0a8c7769ea74793ba3f3649f0aaff3b3773b4b72616bf3770a",
    "imię;miasto\nŚwięty;Łódź\nŻółw;Kraków\n",
  ],
  [
    "Windows-1251",
    "e8ecff3be3eef0eee40ac8e2e0ed3bcceef1eae2e00acfb8f2f03bd1e0edeaf22dcfe5f2e5f0e1f3f0e30a",
    "имя;город\nИван;Москва\nПётр;Санкт-Петербург\n",
  ],
  [
    "Windows-1251",
    "69643beeefe8f1e0ede8e50a313bddf2ee20eff0eef1f2ee20f2e5f1f2eee2fbe920f4e0e9eb20e4ebff20eff0eee2e5f0eae80a",
    "id;описание\n1;Это просто тестовый файл для проверки\n",
  ],
  [
    "KOI8-R",
    "c9cdd13bc7cfd2cfc40ac9d7c1ce3bcdcfd3cbd7c10ad0c5d4d23bd3c1cecbd40a",
    "имя;город\nиван;москва\nпетр;санкт\n",
  ],
  [
    "KOI8-R",
    "69643bcfd0c9d3c1cec9c50a313bdcd4cf20d0d2cfd3d4cf20d4c5d3d4cfd7d9ca20c6c1cacc20c4ccd120d0d2cfd7c5d2cbc90a",
    "id;описание\n1;это просто тестовый файл для проверки\n",
  ],
  [
    "Windows-1253",
    "fcedefece13bf0fcebe70ac3e9fef1e3eff23bc1e8deede10acce1f1dfe13bc8e5f3f3e1ebefeddfeae70a",
    "όνομα;πόλη\nΓιώργος;Αθήνα\nΜαρία;Θεσσαλονίκη\n",
  ],
  ["Windows-1252", "69642c6e616d650a312c4a6f73e90a322c5a6feb0a", "id,name\n1,José\n2,Zoë\n"],
  ["Windows-1252", "70726963652c6e6f74650aa3352c636166e90a80372c6e61ef76650a", "price,note\n£5,café\n€7,naïve\n"],
  ["Windows-1252", "69643b74656d700a313b323520b0430a323b333020b0430a", "id;temp\n1;25 °C\n2;30 °C\n"],
  ["Windows-1252", "535452415353453bc4d6dc0a4752d6df453bc4524745520a", "STRASSE;ÄÖÜ\nGRÖßE;ÄRGER\n"],
  [
    "Windows-1252",
    "6772f6df653b73747261df650a4dfc6c6c65723b4bf66c6e0a53746fdf3b46fc7274680a",
    "größe;straße\nMüller;Köln\nStoß;Fürth\n",
  ],
  ["Windows-1252", "612c620a312c9371756f746564940a322c697492730a", "a,b\n1,“quoted”\n2,it’s\n"],
  [
    "Windows-1252",
    "6e6f6d2c76696c6c650a4672616ee76f69732c4f726ce9616e730a48e96ce86e652c426573616ee76f6e0a",
    "nom,ville\nFrançois,Orléans\nHélène,Besançon\n",
  ],
  ["Windows-1252", "61f16f2c45737061f1610a6e69f16f2c6d61f1616e610a", "año,España\nniño,mañana\n"],
  ["Windows-1252", "782cb13520b56d0a", "x,±5 µm\n"],
  ["Windows-1252", "c52cd82cc60a53f872656e2cc5726875730a", "Å,Ø,Æ\nSøren,Århus\n"],
  ["Windows-1255", "f9ed3bf2e9f80ae3e5e33be9f8e5f9ece9ed0a", "שם;עיר\nדוד;ירושלים\n"],
  ["Windows-1256", "c7e1c7d3e33bc7e1e3cfede4c90ae3cde3cf3bc7e1dec7e5d1c90a", "الاسم;المدينة\nمحمد;القاهرة\n"],
  ["Windows-1252", "73697a652c756e69740a352c6db30a372c6db20a", "size,unit\n5,m³\n7,m²\n"],
  ["Windows-1252", "760a35206db3205761737365720afc627269670a", "v\n5 m³ Wasser\nübrig\n"],
  ["Windows-1250", "69643b6e0a313b8c7769ea746f73b3617720aff3b3e60a", "id;n\n1;Świętosław Żółć\n"],
  ["Windows-1252", "610abd206375700abf5175e93f0a", "a\n½ cup\n¿Qué?\n"],
  ["Windows-1252", "6e616d650aa941636d650a466f6fae0a426172990a", "name\n©Acme\nFoo®\nBar™\n"],
  ["Windows-1252", "780a64924f726ce9616e730a", "x\nd’Orléans\n"],
  ["Windows-1252", "6eba3baa0a4eba353b31aa0a", "nº;ª\nNº5;1ª\n"],
  ["KOI8-R, also if it could be Chinese", "69642c6e616d650a302ccfcdd3cb0a", "id,name\n0,омск\n"],
  ["GB18030, also if it could be Cyrillic", "69642c6e616d650a302cb9e3d6dd0a", "id,name\n0,广州\n"],
  ["GB18030, also if it could be Greek in few letters", "69642c6e616d650a302cc4cfbea90a", "id,name\n0,南京\n"],
];

describe("The guessed encoding of a text that isn't Unicode", () => {
  for (const [encoding, bytes, text] of texts) {
    it(`reads ${encoding}: ${JSON.stringify(text)}`, () => {
      const given = Buffer.from(bytes, "hex");
      assert.equal(decodeText(given, guessEncoding(given)), text);
    });
  }

  it("is found by the capitals of a single Cyrillic word with rare letters", () => {
    for (const [encoding, words] of [
      ["windows-1251", ["Яйцо", "Мэр", "Эрзац", "Цыц", "Пыжьян", "Эюя"]],
      ["koi8-r", ["Мэр", "Эрзац", "Цыц", "Пыжьян", "Эюя"]],
    ] as const) {
      for (const text of words) assert.equal(guessEncoding(bytesOf({ text, encoding, mark: false })), encoding, text);
    }
  });

  it("is that of the first 400 words", () => {
    const cyrillic = Buffer.from("d1ece8f0edeee20a", "hex");
    const french = Buffer.from("Genève\n", "latin1");
    const words = [...Array.from({ length: 400 }, () => cyrillic), ...Array.from({ length: 2_000 }, () => french)];
    assert.equal(guessEncoding(Buffer.concat(words)), "windows-1251");
    assert.equal(guessEncoding(Buffer.concat(words.slice(300))), "windows-1252");
  });

  it("is found in the middle of a long text of ASCII", () => {
    const given = Buffer.concat([
      Buffer.alloc(100_000, "1,2\n"),
      Buffer.from("96bc914f2c8f5a8f8a0a", "hex"),
      Buffer.alloc(100_000, "1,2\n"),
    ]);
    assert.equal(guessEncoding(given), "shift_jis");
  });
});
