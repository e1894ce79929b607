/** A mutant that behaves like the source, so that no test can kill it. */
export interface Equivalent {
  /** Relative to the checkout. */
  readonly file: string;
  /** The whole line without the mistake. */
  readonly line: string;
  /** As a run prints it. */
  readonly change: string;
  readonly reason: string;
}

export const equivalents: readonly Equivalent[] = [
  {
    file: "src/http/proxyRules.ts",
    line: String.raw`const host = target.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");`,
    change: String.raw`/^\[(.*)\]$/ → /^\[(.*)\]/`,
    reason: "A hostname that begins with a bracket ends with one, because URL accepts no other.",
  },
  {
    file: "src/model/secretShapes.ts",
    line: String.raw`const authority = /^[^/?#\\]*/.exec(rest)?.[0] ?? "";`,
    change: String.raw`/^[^/?#\\]*/ → /[^/?#\\]*/`,
    reason: "A pattern that also matches nothing is found at the beginning, with or without an anchor.",
  },
  {
    file: "src/http/exchange.ts",
    line: "if (this.#failure !== undefined) return;",
    change: "this.#failure !== undefined → false",
    reason: "The body of a failed exchange is destroyed, and a destroyed stream ignores what arrives.",
  },
  {
    file: "src/table/find/cellSafe.ts",
    line: "if (to > 127) return false;",
    change: "to > 127 → false",
    reason: "The only rule that is passed in refuses each of these characters as well; the line saves time.",
  },
  {
    file: "src/table/find/needle.ts",
    line: "const hasLetters = lower.some((byte) => byte >= 97 && byte <= 122);",
    change: "&& → ||",
    reason: "A text without letters is the same in either case; the condition saves time.",
  },
  {
    file: "src/table/find/search.ts",
    line: 'return filter.test("") ? undefined : filter;',
    change: 'filter.test("") → true',
    reason: "The filter only skips rows that can't match; without it, a search finds the same and takes longer.",
  },
  {
    file: "src/download/downloadFile.ts",
    line: "throw await fromFileSystem(error, paths.part, 0);",
    change: "0 → 1",
    reason: "If the disk is full, at least one byte is missing in either case.",
  },
  {
    file: "src/table/find/rawSearch.ts",
    line: "regex.lastIndex = walk.rowTo - from;",
    change: "regex.lastIndex = walk.rowTo - from; → ;",
    reason: "Other matches in the same row are skipped one by one instead.",
  },
  {
    file: "src/table/find/finder.ts",
    line: "const to = endsRow ? stretch.units : Math.max(0, stretch.units - length + 1);",
    change: "0 → 1",
    reason: "Only the end of the file has fewer units than the text, and a search doesn't continue there.",
  },
  {
    file: "src/table/find/matchIndex.ts",
    line: "for (let searched = 0; searched < intervalsPerStep && interval < this.#landmarks.intervals; interval++) {",
    change: "< → <=",
    reason: "What follows the last landmark is not countable, and one more interval in a step makes no difference.",
  },
  {
    file: "src/table/encodings/languageFit.ts",
    line: 'const isMixed = isOtherScript(character) && /[a-z]/.test(`${all[at - 1] ?? ""}${all[at + 1] ?? ""}`);',
    change: '"" → "mutated"',
    reason: "There are spaces around the word, so that each of its letters has two neighbours.",
  },
  {
    file: "src/table/index/spansNear.ts",
    line: "for (let read = 1; read > 0 && characters < wanted; characters += read) {",
    change: "1 → 2",
    reason: "The first number only has to be greater than zero.",
  },
  {
    file: "src/table/scan/wasmScanner.ts",
    line: "} else this.#setGrammar(-1, -1, -1, flagsOf(grammar));",
    change: "1 → 2",
    reason: "Any negative number says that JSON has no delimiter, and the other two are not used for JSON.",
  },
  {
    file: "src/table/source/textDecoding.ts",
    line: "singleByteTables.set(encoding, table);",
    change: "singleByteTables.set(encoding, table); → ;",
    reason: "Keeping the table only saves time.",
  },
  {
    file: "src/table/document/indexedTable.ts",
    line: "const { spans } = this.#spansFrom(row, 1);",
    change: "1 → 2",
    reason: "Only the first of the rows is used.",
  },
  {
    file: "src/table/file/fileSearch.ts",
    line: "this.#rereads += 1;",
    change: "1 → 2",
    reason: "The number is only compared with an earlier one.",
  },
  {
    file: "src/table/parts/joinedColumns.ts",
    line: "const time = (times.get(column.name) ?? 0) + 1;",
    change: "1 → 2",
    reason: "The number is only part of a key, and equally many columns of one name have the same numbers.",
  },
  {
    file: "src/table/index/scannedFile.ts",
    line: "if (file.mixed !== undefined) maskRead(file.source, target.subarray(0, bytes), byte, file.mixed);",
    change: "target.subarray(0, bytes) → target",
    reason: "What is behind the bytes that were read is not used.",
  },
  {
    file: "src/table/worker/tableThread.ts",
    line: "if (guessEncoding === undefined && !isOutdated) return opened;",
    change: "guessEncoding === undefined && !isOutdated → false",
    reason: "Without a guess, the file is only opened a second time, with the same result.",
  },
  {
    file: "src/services/textReveal/token.ts",
    line: "for (const [other, { freshUntil }] of this.#grants) if (freshUntil <= now) this.#grants.delete(other);",
    change: "freshUntil <= now → false",
    reason: "An expired token isn't used again in any case; deleting it only saves memory.",
  },
  {
    file: "src/model/secretShapes.ts",
    line: String.raw`return colon + slashes + shown + (isWeb ? shortTail(tail) : tail.replace(/[?#][^]*$/, ""));`,
    change: String.raw`/[?#][^]*$/ → /[?#][^]*/`,
    reason: "A pattern that takes in everything that follows ends with the text, with or without an anchor.",
  },
  {
    file: "src/model/secretShapes.ts",
    line: "for (let at = text.indexOf(sign, start); at >= 0; at = text.indexOf(sign, at + 1)) {",
    change: ">= → >",
    reason: "The value begins behind its opening quote, so that no closing one is at the beginning of the text.",
  },
  {
    file: "src/http/dispatchers.ts",
    line: 'const key = proxy === undefined ? "" : `${proxy.uri}\\n${proxy.authorization ?? ""}`;',
    change: '"" → "mutated"',
    reason: "The text is only part of a key, which stays different from all others.",
  },
  {
    file: "src/table/source/narrow.ts",
    line: "const byte = from[start + low] ?? 0;",
    change: "0 → 1",
    reason: "There are two bytes for each unit, and the compiler doesn't know it.",
  },
  {
    file: "src/table/index/guessedElements.ts",
    line: "betweenBrackets.set(level, (betweenBrackets.get(level) ?? 0) + 1);",
    change: "1 → 2",
    reason: "The numbers are only compared with each other, and all of them are twice as large.",
  },
  {
    file: "src/table/cells/delimitedCells.ts",
    line: "if (Papa.BAD_DELIMITERS.includes(delimiter)) return (row) => (row.includes(quote) ? careful(row) : plain(row));",
    change: "row.includes(quote) → true",
    reason: "A row without quotes is divided at its delimiters in either way, and faster in one of them.",
  },
  {
    file: "src/table/detect/jsonKind.ts",
    line: "if (found !== undefined && valueEnd >= 0 && parses(text.slice(value, valueEnd))) return found;",
    change: "0 → 1",
    reason: "No value ends at the first character, because another line comes before it.",
  },
  {
    file: "src/table/worker/tableThread.ts",
    line: "for (let known = -1; ;) {",
    change: "1 → 2",
    reason: "The first number only has to differ from every size.",
  },
  {
    file: "src/download/digest/reading.ts",
    line: "if (this.#buffer.length < wanted) this.#buffer = Buffer.allocUnsafe(wanted);",
    change: "< → <=",
    reason: "A buffer of the same length is only created again.",
  },
  {
    file: "src/download/transfer/bodyIntake.ts",
    line: "if (taken !== undefined) await taken;",
    change: "taken !== undefined → true",
    reason: "If there is nothing to wait for, waiting only takes a turn.",
  },
  {
    file: "src/download/part/partFile.ts",
    line: "if (this.#closed) return;",
    change: "this.#closed → false",
    reason: "Node closes a file only once, however often it is asked to.",
  },
  {
    file: "src/services/serviceErrors.ts",
    line: "function mayHaveHadEffect({ code, details: { status = 0, maybeReceived } }: ExportError): boolean {",
    change: "0 → 1",
    reason: "Neither number is a status from 300 to 499.",
  },
];
