import type { Subject } from "./subject.ts";
import { hexDigits } from "./random.ts";
import { companies, languages, moment, remark, sentence, sources } from "./vocabulary.ts";

/** Text analytics: one row for each document in which an entity was found, with its scores. */
export const documents: Subject = {
  idColumn: "row",
  id: (index) => index + 1,
  columns: [
    "document_id",
    "entity_id",
    "entity",
    "published_at",
    "language",
    "source",
    "title",
    "extract",
    "positive",
    "negative",
    "neutral",
    "polarity",
    "relevance",
  ],
  row(random, index) {
    const positive = random.below(10_000);
    const negative = random.below(10_001 - positive);
    return [
      `${hexDigits(random, 8)}-${index}`,
      `E${1000 + random.below(40)}`,
      random.pick(companies),
      moment(random),
      random.pick(languages),
      random.pick(sources),
      sentence(random, 5),
      remark(random),
      positive / 10_000,
      negative / 10_000,
      (10_000 - positive - negative) / 10_000,
      (positive - negative) / 10_000,
      random.below(1001) / 1000,
    ];
  },
};
