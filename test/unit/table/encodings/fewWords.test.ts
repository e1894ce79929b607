import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bytesOf } from "../../../../bench/fuzz/encodedText.ts";
import { guessEncoding } from "../../../../src/table/encodings/guessEncoding.ts";
import { decodeText } from "../../../../src/table/source/textDecoding.ts";
import type { Encoding } from "../../../../src/table/tableTypes.ts";

/** The text of a file with a few names, as it is read. */
function read(names: readonly string[], encoding: Encoding): { readonly text: string; readonly shown: string } {
  const text = `id,name,price\n${names.map((name, row) => `${row},${name},12.50\n`).join("")}`;
  const bytes = bytesOf({ text, encoding, mark: false });
  return { text, shown: decodeText(bytes, guessEncoding(bytes)) };
}

const western =
  `Zürich Genève Saarbrücken Mönchengladbach Garçon Sébastien Raphaël Maïté Châteauroux Épinal Sète Fréjus Aïcha
  Loïc Félix Étienne Ángel Raúl Lucía Verónica Concepción Cáceres Móstoles Gijón Coruña Xàtiva Araújo Patrícia Vitória
  Niterói Uberlândia Jundiaí Mário Sérgio Cláudia Guimarães Évora Setúbal Bragança Forlì Mondovì Cantù Patù Gesù
  Paternò Enköping Jönköping Linköping Södertälje Umeå Luleå Skellefteå Ängelholm Öland Århus Tønder Sønderborg
  Hjørring Helsingør Ålesund Mosjøen Røros Træna Tønsberg Grønn Näsijärvi Hyvää Egilsstaðir Seyðisfjörður
  Stykkishólmur Bíldudalur Guðrún Sigríður Þorsteinn Ragnheiður Ásdís Ölfus Münchner Überlingen Weißenfels Fußball
  Türkei Größen Häuser Rügen Götz façade résumé Citroën Renée Brontë`.split(/\s+/);

/** Three names of one language. */
const others: readonly (readonly [Encoding, string])[] = [
  ["windows-1250", "Jabłoński Białystok Chełm"],
  ["windows-1250", "Wójcik Wiśniewski Zieliński"],
  ["iso-8859-2", "Woźniak Dąbrowski Kozłowski"],
  ["windows-1250", "Dvořáček Říha Procházka"],
  ["windows-1250", "Růžička Beneš Sedláček"],
  ["iso-8859-2", "Třinec Kroměříž Olomouc"],
  ["windows-1250", "Ružomberok Veľký Šoltésová"],
  ["windows-1250", "Kovács Győri Hódmezővásárhely"],
  ["windows-1250", "Ştefănescu Mădălina Târgovişte"],
  ["windows-1250", "Marušić Đorđević Križevci"],
  ["iso-8859-2", "Tomić Šimunović Čačić"],
  ["windows-1250", "Kranjčič Žužemberk Košir"],
  ["windows-1254", "Yılmaz Şen Çelik"],
  ["windows-1254", "Işıklı Kılıç Özdemir"],
  ["windows-1254", "Erdoğan Güneş Yalçın"],
  ["windows-1251", "Смирнов Кузнецов Татьяна"],
  ["windows-1251", "Шевченко Мельник Запоріжжя"],
  ["koi8-r", "Смирнов Кузнецов Татьяна"],
  ["iso-8859-5", "Смирнов Кузнецов Татьяна"],
  ["ibm866", "Смирнов Кузнецов Татьяна"],
  ["windows-1253", "Παπαδόπουλος Δημήτρης Σοφία"],
  ["iso-8859-7", "Λάρισα Ιωάννινα Χανιά"],
  ["windows-1257", "Šiauliai Panevėžys Žemaitė"],
  ["windows-1257", "Bērziņš Kārlis Jānis"],
];

describe("A file with a few words beyond ASCII", () => {
  it("is in a Western language if it looks like one: one name", () => {
    const wrong = western.filter((name) => {
      const { text, shown } = read([name], "windows-1252");
      return shown !== text;
    });
    assert.deepEqual(wrong, []);
  });

  it("is in a Western language if it looks like one: three names", () => {
    const wrong = western.filter((_, at) => {
      const { text, shown } = read(western.slice(at, at + 3), "windows-1252");
      return shown !== text;
    });
    assert.deepEqual(wrong, []);
  });

  for (const [encoding, names] of others) {
    it(`is in another language if it looks like it: ${names}, ${encoding}`, () => {
      const { text, shown } = read(names.split(" "), encoding);
      assert.equal(shown, text);
    });
  }
});
