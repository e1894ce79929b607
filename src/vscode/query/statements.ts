/** A statement in the text of a document. */
export interface Statement {
  /** Offset of its first character; comments before it don't belong to it. */
  readonly start: number;
  /** Offset after its last character, without the semicolon. */
  readonly end: number;
  readonly text: string;
}

interface Token {
  readonly kind: "comment" | "quoted" | "space" | "semicolon" | "code";
  readonly start: number;
  readonly end: number;
}

/** Statements, and where the text that belongs to each of them ends. */
interface Section {
  readonly statement: Statement;
  /** Offset after its semicolon, or the end of the text. */
  readonly end: number;
}

/**
 * A token of SQL. Unfinished quotes go to the end of the text. A word is one token, because a quote or a dollar sign inside
 * of it begins nothing.
 */
const tokenAt = new RegExp(
  [
    String.raw`(?<comment>--[^\n]*|/\*)`,
    String.raw`(?<escaped>[eE]'[^'\\]*(?:(?:\\[^]|'')[^'\\]*)*(?:'|$))`,
    String.raw`(?<quoted>'[^']*(?:''[^']*)*(?:'|$)|"[^"]*(?:""[^"]*)*(?:"|$))`,
    String.raw`(?<dollar>(?<tag>\$(?:[A-Za-z_]\w*)?\$)[^]*?(?:\k<tag>|$))`,
    String.raw`(?<space>\s+)`,
    `(?<semicolon>;)`,
    String.raw`[\p{L}_][\p{L}\p{N}_$]*|[^]`,
  ].join("|"),
  "yu",
);

function* tokensOf(text: string): Generator<Token> {
  let start = 0;
  while (start < text.length) {
    tokenAt.lastIndex = start;
    const { groups = {}, 0: matched = text.slice(start) } = tokenAt.exec(text) ?? {};
    const end = matched === "/*" ? endOfComment(text, start) : start + Math.max(1, matched.length);
    yield { kind: kindOf(groups), start, end };
    start = end;
  }
}

function kindOf(groups: Partial<Record<string, string>>): Token["kind"] {
  if (groups["comment"] !== undefined) return "comment";
  if (groups["space"] !== undefined) return "space";
  if (groups["semicolon"] !== undefined) return "semicolon";
  const isQuoted = groups["escaped"] ?? groups["quoted"] ?? groups["dollar"];
  return isQuoted === undefined ? "code" : "quoted";
}

/** Comments in SQL can contain comments. */
function endOfComment(text: string, start: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start + 2;
  for (let depth = 1; ;) {
    const found = mark.exec(text);
    if (found === null) return text.length;
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
}

/** All statements of a text, in order. */
export function statementsIn(text: string): Statement[] {
  return sectionsIn(text).map(({ statement }) => statement);
}

/**
 * The statement at a place. After a semicolon, it is still the one before if nothing else is on that line; between
 * statements, it is the next one.
 */
export function statementAt(text: string, offset: number): Statement | undefined {
  const sections = sectionsIn(text);
  const index = sections.findIndex(({ end }) => offset < end);
  const at = sections[index];
  const before = index === -1 ? sections.at(-1) : sections[index - 1];
  if (at === undefined) return before?.statement;
  const isRightAfter = before !== undefined && !text.slice(before.end, offset).includes("\n");
  return isRightAfter && offset < at.statement.start ? before.statement : at.statement;
}

/** Whether a place is inside a comment or a quoted text, where nothing of SQL can be suggested. */
export function isInCommentOrText(text: string, offset: number): boolean {
  for (const { kind, start, end } of tokensOf(text)) {
    if (start >= offset) return false;
    if (kind === "comment" && (offset < end || (offset === end && text.startsWith("--", start)))) return true;
    const isFinished = end - start > 1 && "'$".includes(text.charAt(end - 1));
    if (kind === "quoted" && text[start] !== '"' && (offset < end || !isFinished)) return true;
  }
  return false;
}

function sectionsIn(text: string): Section[] {
  const sections: Section[] = [];
  let first: number | undefined;
  let last = 0;
  const finish = (end: number): void => {
    if (first !== undefined)
      sections.push({ statement: { start: first, end: last, text: text.slice(first, last) }, end });
    first = undefined;
  };
  for (const { kind, start, end } of tokensOf(text)) {
    if (kind === "semicolon") finish(end);
    if (kind !== "code" && kind !== "quoted") continue;
    first ??= start;
    last = end;
  }
  finish(text.length);
  return sections;
}
