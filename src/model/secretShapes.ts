/**
 * What secrets look like to somebody who does not know them: links, named values, tokens. Every search is linear in
 * the text: patterns begin at a fixed word or at a run's first character, and what was scanned is not scanned again.
 */

/** What stands in the place of a secret; shorter than any that is remembered, so that it never contains one. */
export const hidden = "***";

/** Replaces everything that has a secret's shape. Doing it twice changes nothing more. */
export function hideSecretShapes(text: string): string {
  return hideTokens(hideNamedValues(hideLinks(text)));
}

/** Whether a field, parameter or header of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** `://`, also as JSON escapes it (`:\/\/`) or inside another link (`%3A%2F%2F`), and what follows up to a delimiter. */
const link = /(:|%(?:25)*3a)((?:\\*\/|%(?:25)*2f){2})((?:[^\s"'<>`]|'(?![\s,;:.)\]}]|$))*)/gi;
const webScheme = /(?:https?|wss?|ftps?|socks\w{0,2})$/i;
/** A host, perhaps with what was hidden already, and with the sentence's punctuation behind it. */
const plainHost = /^(?:\[[\da-f:.%]+\]|[\p{L}\p{N}._~*-]*)(?::\d*)?[,;.!)\]}|*]*$/iu;

/**
 * Of a web address only scheme and host stay: paths name people's files and may carry tokens, and queries sign. Of
 * other addresses, such as a file's on this machine, the path stays as well.
 */
function hideLinks(text: string): string {
  return text.replace(link, (_, colon: string, slashes: string, rest: string, offset: number) => {
    // An encoded link sits in the query of another; nobody needs its host.
    if (colon !== ":") return `${colon}${slashes}…`;
    const authority = /^[^/?#\\]*/.exec(rest)?.[0] ?? "";
    const tail = rest.slice(authority.length);
    // A password with a slash in it makes the host look like its beginning.
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
/** Words that end the name of a secret, however its owner begins it. */
const words =
  /[\w-]{0,40}?(?:token|secret|password|passwd|passphrase|pwd|credential|signature|token[-_]?id|(?:api|access|secret|session|private|account|shared|client|auth)[-_]?key(?:[-_]?id)?)s?/;
/** Parameters of signed links, and words that mean other things in prose. */
const short = /key|sig|se|policy|key-pair-id|awsaccesskeyid|googleaccessid/;
const secretName = new RegExp(`^(?:${headers.source}|${words.source}|${short.source})$`, "i");
/** A name stands free, or after an encoded or escaped delimiter (`%26`, `\u0026`, `\n`). */
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

/** Hides what follows a secret's name and a separator, as in headers, JSON, parameters and printed objects. */
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
  // Lists of raw headers alternate names and values; other lists may be of column names.
  if (sign === ",") return name?.["header"] !== undefined && closed !== undefined && opened !== undefined;
  if (name?.["short"] === undefined) return true;
  return opened !== undefined || /^(?:=|%(?:25)*3[ad])$/i.test(found[0].slice(closed?.length));
}

/** Where a value that begins at `start` ends; `start` itself where there is none to hide. */
function valueEnd(text: string, start: number, separator: Groups, isHeader: boolean): number {
  if (separator?.["opened"] !== undefined) return quotedEnd(text, start, separator["opened"]);
  if (separator?.["closed"] === undefined && isHeader) return endOf(/[^\r\n]*/y, text, start);
  // Names inside an object are found by themselves.
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
 * The closing quote carries as many backslashes as the opening one; one with more is part of the value, be it JSON or
 * JSON inside JSON. Without a closing quote the value goes to the end of the text.
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
/** Spaaza's privileged token: an id, a colon and the secret. An id alone is a task's as well. */
const pair = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?::|%(?:25)*3a)[^\s"'<>`]{6,}/gi;

function hideTokens(text: string): string {
  return hideJsonWebTokens(text)
    .replace(bearer, (_, scheme: string) => scheme + hidden)
    .replace(basic, (whole, scheme: string, value: string) => (isBasicPair(value) ? scheme + hidden : whole))
    .replace(pair, hidden);
}

/** Base64 of `id:secret`; the word "basic" also stands before other words. */
function isBasicPair(value: string): boolean {
  return Buffer.from(value.replace(/%(?:25)*3d/gi, "="), "base64").includes(":");
}

/** Their first part is base64 of `{"`, and a dot follows it. */
function hideJsonWebTokens(text: string): string {
  if (!text.includes("eyJ")) return text;
  return text.replace(/[\w.-]+/g, (run) => {
    const start = run.indexOf("eyJ");
    return start < 0 || !run.includes(".", start) ? run : run.slice(0, start) + hidden;
  });
}
