import type { Subject } from "./subject.ts";
import { hexDigits } from "./random.ts";
import {
  amount,
  brands,
  channels,
  cities,
  colours,
  currencies,
  firstNames,
  lastNames,
  moment,
  remark,
  sentence,
  sizes,
} from "./vocabulary.ts";

const transactions: Subject = {
  idColumn: "transaction_id",
  id: (index) => 1_000_000 + index,
  columns: [
    "user_id",
    "member_number",
    "store",
    "channel",
    "transaction_date",
    "currency",
    "gross_total",
    "discount",
    "net_total",
    "items",
    "is_return",
    "points_awarded",
    "note",
  ],
  row(random) {
    const gross = random.below(50_000);
    const discount = random.chance(0.3) ? random.below(gross + 1) : 0;
    return [
      200_000 + random.below(40_000),
      random.chance(0.1) ? null : `M${100_000 + random.below(900_000)}`,
      random.pick(cities),
      random.pick(channels),
      moment(random),
      random.pick(currencies),
      gross / 100,
      discount / 100,
      (gross - discount) / 100,
      1 + random.below(8),
      random.chance(0.05),
      Math.floor((gross - discount) / 100),
      remark(random),
    ];
  },
};

const users: Subject = {
  idColumn: "user_id",
  id: (index) => 200_000 + index,
  columns: [
    "member_number",
    "first_name",
    "last_name",
    "email",
    "birthday",
    "city",
    "opted_in",
    "registered_at",
    "points_balance",
    "note",
  ],
  row(random, index) {
    return [
      `M${100_000 + index}`,
      random.pick(firstNames),
      random.pick(lastNames),
      `member.${index}@example.com`,
      random.chance(0.2) ? null : `${1950 + random.below(55)}-0${1 + random.below(9)}-1${random.below(10)}`,
      random.pick(cities),
      random.chance(0.6),
      moment(random),
      random.below(12_000),
      remark(random),
    ];
  },
};

const vouchers: Subject = {
  idColumn: "voucher_id",
  id: (index) => 5_000_000 + index,
  columns: ["voucher_key", "user_id", "campaign_id", "title", "status", "value", "currency", "expires_at"],
  row(random) {
    return [
      `SANDBOX-${hexDigits(random, 8).toUpperCase()}`,
      200_000 + random.below(40_000),
      700 + random.below(30),
      `${random.pick(brands)}: ${sentence(random, 3)}`,
      random.pick(["generated", "claimed", "redeemed", "expired"]),
      amount(random, 50),
      random.pick(currencies),
      random.chance(0.2) ? null : moment(random),
    ];
  },
};

const walletLedger: Subject = {
  idColumn: "entry_id",
  id: (index) => 8_000_000 + index,
  columns: ["wallet_id", "user_id", "type", "amount", "balance_after", "currency", "created_at", "description"],
  row(random) {
    return [
      300_000 + random.below(40_000),
      200_000 + random.below(40_000),
      random.pick(["credit", "debit", "correction", "expiry"]),
      amount(random, 100) - 50,
      amount(random, 900),
      random.pick(currencies),
      moment(random),
      remark(random),
    ];
  },
};

const products: Subject = {
  idColumn: "product_id",
  id: (index) => 40_000 + index,
  columns: ["code", "title", "brand", "category", "list_price", "currency", "active", "updated_at", "description"],
  row(random) {
    return [
      `P-${hexDigits(random, 6)}`,
      `${random.pick(brands)} ${random.pick(colours)}`,
      random.pick(brands),
      random.pick(["shoes", "coats", "home & living", "gifts"]),
      amount(random, 400),
      random.pick(currencies),
      random.chance(0.9),
      moment(random),
      remark(random),
    ];
  },
};

const productVariants: Subject = {
  idColumn: "variant_id",
  id: (index) => 60_000 + index,
  columns: ["product_id", "barcode", "size", "colour", "price", "stock", "updated_at", "description"],
  row(random, index) {
    return [
      40_000 + Math.floor(index / 5),
      // Leading zeros, so it must not be read as a number.
      `00${1_000_000_000 + random.below(1_000_000_000)}`,
      random.pick(sizes),
      random.pick(colours),
      amount(random, 400),
      random.below(500),
      moment(random),
      remark(random),
    ];
  },
};

/** The six export indexes of Spaaza, by their name in the API. */
export const spaazaSubjects = {
  transactions,
  users,
  vouchers,
  "wallet-ledger": walletLedger,
  products,
  "product-variants": productVariants,
} as const satisfies Record<string, Subject>;
