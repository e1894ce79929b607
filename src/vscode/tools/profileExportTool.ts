import { t } from "@vscode/l10n";
import type { ColumnProfile } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import type { ExportTool } from "./exportTool.ts";
import { fileFields, type ReadableExports, readableExport, whileInPlace } from "./readableExport.ts";
import { cutAt, firstFitting } from "./toolAnswer.ts";
import { optionalText } from "./toolInput.ts";

/** How many of the most frequent values of a column are sent. */
const mostFrequent = 10;
const longestValue = 100;

const fields = { ...fileFields, column: optionalText(500) };

export type ProfileColumns = (
  uri: string,
  options: { columns?: string[]; signal: AbortSignal },
) => Promise<readonly ColumnProfile[]>;

/** Says what the columns of a downloaded export contain, without their rows. */
export function profileExportTool(exports: ReadableExports, profile: ProfileColumns): ExportTool<typeof fields> {
  return {
    name: "taskExports_profileExport",
    fields,
    ask({ task, account, file, column }) {
      const { name } = readableExport(exports, { task, account, file });
      return {
        title: t("Profile an Export"),
        lines: [
          column === undefined
            ? t("What all columns of {0} contain will be sent to the language model.", name)
            : t("What the column {0} of {1} contains will be sent to the language model.", column, name),
          t(
            "These are types, counts, the smallest and largest values, and up to {0} frequent values of each column.",
            mostFrequent,
          ),
          t("They can contain personal data."),
        ],
        running: t("Profiling {0}", name),
      };
    },
    async run({ task, account, file, column }, signal) {
      const record = readableExport(exports, { task, account, file });
      const options = { signal, ...(column === undefined ? {} : { columns: [column] }) };
      const profiles = await whileInPlace(record, (uri) => profile(uri, options));
      const columns = firstFitting(profiles.map(described));
      return {
        file: record.name,
        ...defined({ rows: profiles[0]?.count }),
        columns,
        cut:
          columns.length < profiles.length
            ? [`Only the first ${columns.length} of ${profiles.length} columns are included. Name the others.`]
            : [],
      };
    },
  };
}

/** Without the histogram: quantiles say the same in fewer words. */
function described({ name, type, empty, distinct, distinctIsExact, mean, ...profile }: ColumnProfile): object {
  const { min, max, quantiles, lengths, frequent } = profile;
  return {
    name: cutAt(name, longestValue),
    type: cutAt(type, longestValue),
    empty,
    distinct,
    distinctIsExact,
    ...defined({ mean, quantiles, lengths }),
    ...(min === undefined ? {} : { min: cutAt(min, longestValue) }),
    ...(max === undefined ? {} : { max: cutAt(max, longestValue) }),
    frequent: frequent.slice(0, mostFrequent).map(({ value, count }) => ({ value: cutAt(value, longestValue), count })),
  };
}
