import type { Random } from "./random.ts";

export const firstNames = [
  "Anna",
  "Zoë",
  "Łukasz",
  "José",
  "Nguyễn",
  "翔太",
  "Fatima",
  "Søren",
  "Çağla",
  "Ольга",
  "أحمد",
  "Noor",
];
export const lastNames = [
  "Jansen",
  "Müller",
  "O'Brien",
  "García",
  "Škoda",
  "山田",
  "Ivanova",
  "d'Arc",
  "Yılmaz",
  "Smith, Jr.",
];
export const cities = [
  "Amsterdam",
  "Zürich",
  "Århus",
  "São Paulo",
  "København",
  "Kraków",
  "東京",
  "Ναύπλιο",
  "Köln",
  "Gent",
];
export const currencies = ["EUR", "GBP", "SEK", "USD", "CHF"];
export const channels = ["store", "webshop", "app", "call centre"];
export const colours = ["red", "navy", "off-white", "smaragd", "crème", "noir"];
export const sizes = ["XS", "S", "M", "L", "XL", "38", "40", "42½"];
export const brands = ["Northwind", "Blå & Gul", "Café «Été»", "Tailspin", "Ōsaka Denim"];
export const languages = ["en", "fr", "de", "nl", "ja", "ar", "es"];
export const companies = ["Contoso SA", "Fabrikam", "Litware Énergie", "Adventure Works", "株式会社サンプル"];
export const sources = ["news.example", "blog.example", "filings.example", "forum.example"];

const words = [
  "order", "returned", "delivered", "gift", "with", "receipt", "and", "voucher", "customer", "asked", "twice", "naïve",
  "price", "size", "later", "paid", "in", "part", "points", "added", "by", "hand", "quarter", "growth", "supply", "risk",
]; // prettier-ignore

const quotedNotes = [
  'He said "keep it",\nand left.',
  "First line\r\nsecond line, with a comma",
  'A "quoted" word; a tab\there; a last line\n',
  "Ünïcödé ✓ 🎁 — and\na new line",
];

export function sentence(random: Random, length: number): string {
  return Array.from({ length }, () => random.pick(words)).join(" ");
}

/**
 * A realistic remark: mostly short or empty, in one of a hundred rows with quotes and line breaks, and sometimes
 * several thousand characters long.
 */
export function remark(random: Random): string {
  const kind = random.next();
  if (kind < 0.01) return random.pick(quotedNotes);
  if (kind < 0.0105) return `${sentence(random, 40)} 🧵 `.repeat(20);
  return kind < 0.5 ? "" : sentence(random, 1 + random.below(6));
}

const firstDay = Date.UTC(2024, 0, 1);
const days = Array.from({ length: 2 * 365 }, (_, day) =>
  new Date(firstDay + day * 86_400_000).toISOString().slice(0, 11),
);
const upToSixty = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, "0"));
const hours = upToSixty.slice(0, 24);

/** ISO 8601 to the second, within two fixed years. Composed from parts, because a large export needs millions. */
export function moment(random: Random): string {
  return `${random.pick(days)}${random.pick(hours)}:${random.pick(upToSixty)}:${random.pick(upToSixty)}Z`;
}

/** An amount with two decimals, as text, so that CSV and JSON show the same digits. */
export function amount(random: Random, below: number): number {
  return random.below(below * 100) / 100;
}
