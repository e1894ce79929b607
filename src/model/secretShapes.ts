/**
 * What secrets look like if their values are not known: URLs, named values, tokens. Every search takes linear time:
 * patterns begin at a fixed word or at the first character of a run, and nothing is scanned twice.
 */

/** What replaces a secret. Shorter than any remembered secret, so it can't contain one. */
export const hidden = "***";

/** Replaces everything that looks like a secret. A second call changes nothing. */
export function hideSecretShapes(text: string): string {
  return hideTokens(hideNamedValues(hideLinks(text)));
}

/** Whether a field, parameter or header with this name contains a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** `://`, also escaped in JSON (`:\/\/`) or inside another URL (`%3A%2F%2F`), and the text up to a delimiter. */
const link = /(:|%(?:25)*3a)((?:\\*\/|%(?:25)*2f){2})((?:[^\s"'<>`]|'(?![\s,;:.)\]}]|$))*)/gi;
const webScheme = /(?:https?|wss?|ftps?|socks\w{0,2})$/i;
/** A host, possibly with parts already hidden, followed by punctuation. */
const plainHost = /^(?:\[[\da-f:.%]+\]|[\p{L}\p{N}._~*-]*)(?::\d*)?[,;.!)\]}|*]*$/iu;

/**
 * Only scheme and host of a web address stay: paths can contain names and tokens, and queries contain signatures. For
 * other URLs, such as those of local files, the path stays too.
 */
function hideLinks(text: string): string {
  return text.replace(link, (_, colon: string, slashes: string, rest: string, offset: number) => {
    // An encoded URL is part of another URL's query; its host is not needed.
    if (colon !== ":") return `${colon}${slashes}…`;
    const authority = /^[^/?#\\]*/.exec(rest)?.[0] ?? "";
    const tail = rest.slice(authority.length);
    // If a password contains a slash, its beginning looks like the host.
    const misread = tail.includes("@") && /[:@]/.test(authority);
    const host = authority.slice(authority.lastIndexOf("@") + 1);
    const shown = plainHost.test(host) && !misread ? host : "…";
    const isWeb = misread || webScheme.test(text.slice(Math.max(0, offset - 8), offset));
    return colon + slashes + shown + (isWeb ? shortTail(tail) : tail.replace(/[?#][^]*$/, ""));
  });
}

function shortTail(tail: string): string {
  return /^\\*\/?$/.test(tail) ? tail : "/…";
}

/** Headers whose whole line is secret. */
const headers = /(?:proxy-)?authorization|(?:set-)?cookie|x-spaaza-session-[\w-]{1,40}/;
/** Words at the end of a secret's name, whatever comes before them. */
const words =
  /[\w-]{0,40}?(?:token|secret|password|passwd|passphrase|pwd|credential|signature|token[-_]?id|(?:api|access|secret|session|private|account|shared|client|auth)[-_]?key(?:[-_]?id)?)s?/;
/** Parameters of signed URLs, and words that have other meanings in prose. */
const short = /key|sig|se|policy|key-pair-id|awsaccesskeyid|googleaccessid/;
const secretName = new RegExp(`^(?:${headers.source}|${words.source}|${short.source})$`, "i");
/** A whole word, or one after an encoded or escaped delimiter (`%26`, `\u0026`, `\n`). */
const names = new RegExp(
  `(?:(?<![\\w-])|(?<=%(?:25)*(?:2[0-9a-f]|3[a-f]|[57][bd]|0[9ad]))|(?<=\\\\u00[0-9a-f]{2})|(?<=\\\\[nrt]))` +
    `(?:(?<header>${headers.source})|(?<word>${words.source})|(?<short>${short.source}))(?![\\w-])`,
  "gi",
);
const quote = /\\*["'`]|%(?:25)*2[27]/;
const separator = new RegExp(
  `(?<closed>${quote.source})?[^\\S\\r\\n]*(?<sign>=>|[:=,]|%(?:25)*3[ad])[^\\S\\r\\n]*(?<opened>\\\\*["'\`])?`,
  "iy",
);

/** Hides the value after the name of a secret and a separator, as in headers, JSON, parameters and printed objects. */
function hideNamedValues(text: string): string {
  let shown = "";
  let copied = 0;
  for (const name of text.matchAll(names)) {
    const after = name.index + name[0].length;
    if (name.index < copied) continue;
    separator.lastIndex = after;
    const found = separator.exec(text);
    if (found === null || !separates(found, name.groups)) continue;
    const start = after + found[0].length;
    const end = valueEnd(text, start, found.groups, name.groups?.["header"] !== undefined);
    if (end === start) continue;
    shown += text.slice(copied, start) + hidden;
    copied = end;
  }
  return shown + text.slice(copied);
}

type Groups = Partial<Record<string, string>> | undefined;

function separates(found: RegExpExecArray, name: Groups): boolean {
  const { closed, sign, opened } = found.groups ?? {};
  // Lists of raw headers alternate names and values. Other lists may contain column names.
  if (sign === ",") return name?.["header"] !== undefined && closed !== undefined && opened !== undefined;
  if (name?.["short"] === undefined) return true;
  return opened !== undefined || /^(?:=|%(?:25)*3[ad])$/i.test(found[0].slice(closed?.length));
}

/** The end of the value that begins at `start`, or `start` if there is nothing to hide. */
function valueEnd(text: string, start: number, separator: Groups, isHeader: boolean): number {
  if (separator?.["opened"] !== undefined) return quotedEnd(text, start, separator["opened"]);
  if (separator?.["closed"] === undefined && isHeader) return endOf(/[^\r\n]*/y, text, start);
  // The names inside an object are found one by one.
  if (text.startsWith("{", start)) return start;
  if (text.startsWith("[", start)) return endOf(/[^\]\r\n]*\]?/y, text, start);
  const json = separator?.["closed"] !== undefined;
  const end = endOf(json ? /[^\s"'<>`&,}\]]*/y : /[^\s"'<>`&]*/y, text, start);
  return ["null", "true", "false", "undefined"].includes(text.slice(start, end)) ? start : end;
}

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return start + (pattern.exec(text)?.[0].length ?? 0);
}

/**
 * The closing quote has as many backslashes as the opening one. A quote with more belongs to the value, in JSON and in
 * JSON inside JSON. Without a closing quote, the value ends with the text.
 */
function quotedEnd(text: string, start: number, opened: string): number {
  const sign = opened.slice(-1);
  const depth = opened.length - 1;
  for (let at = text.indexOf(sign, start); at >= 0; at = text.indexOf(sign, at + 1)) {
    let backslashes = 0;
    while (at - backslashes > start && text[at - backslashes - 1] === "\\") backslashes++;
    const closes = depth === 0 ? backslashes % 2 === 0 : backslashes <= depth;
    if (closes) return at - (depth === 0 ? 0 : backslashes);
  }
  return text.length;
}

const bearer =
  /(bearer(?:[\s:=+]|%(?:25)*(?:20|3a))+)(?!(?:tokens?|auth|authentication|authorization|credentials?|schemes?|headers?)(?![\w.~+/:=-]))[^\s"'<>`,;]+/gi;
const basic = /(basic(?:[\s:=+]|%(?:25)*(?:20|3a))+)([\w+/%=-]+)/gi;
/** A privileged token of Spaaza: an id, a colon and the secret. An id alone could also be a task's. */
const pair = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?::|%(?:25)*3a)[^\s"'<>`]{6,}/gi;

function hideTokens(text: string): string {
  return hideJsonWebTokens(text)
    .replace(bearer, (_, scheme: string) => scheme + hidden)
    .replace(basic, (whole, scheme: string, value: string) => (isBasicPair(value) ? scheme + hidden : whole))
    .replace(pair, hidden);
}

/** Whether the value is base64 of `id:secret`. The word "basic" also occurs in ordinary text. */
function isBasicPair(value: string): boolean {
  return Buffer.from(value.replace(/%(?:25)*3d/gi, "="), "base64").includes(":");
}

/** They begin with the base64 of `{"` and contain a dot. */
function hideJsonWebTokens(text: string): string {
  if (!text.includes("eyJ")) return text;
  return text.replace(/[\w.-]+/g, (run) => {
    const start = run.indexOf("eyJ");
    return start < 0 || !run.includes(".", start) ? run : run.slice(0, start) + hidden;
  });
}
