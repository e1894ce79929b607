import { t } from "@vscode/l10n";
import { ExportError } from "../model/exportError.ts";
import { asCodingError, CodingError, codingsOf, decoded } from "./contentCoding.ts";
import type { HttpAnswer } from "./httpClient.ts";

/** The longest response that is read. A list of 1,000 tasks is smaller than 1 MiB. */
const maxBodyBytes = 16 * 1024 * 1024;
/** Arrays and objects inside each other. Services send three or four. */
const mostNested = 100;
/** Values in arrays and objects, all together. More would block the window while they are parsed, which can't be divided. */
const mostValues = 200_000;

/** The JSON value of a body, or the text if it is not JSON. */
export type JsonBody =
  { readonly kind: "json"; readonly value: unknown } | { readonly kind: "text"; readonly text: string };

/**
 * Reads a body to its end.
 *
 * @throws ExportError `unexpectedResponse` if it is too long or can't be decoded; what the connection fails with.
 */
export async function readJsonBody(answer: HttpAnswer, host: string): Promise<JsonBody> {
  try {
    return await readBody(answer, host);
  } catch (error) {
    if (asCodingError(error) instanceof CodingError) throw notDecodable(host, answer.status, error);
    throw error;
  }
}

async function readBody({ status, headers, body }: HttpAnswer, host: string): Promise<JsonBody> {
  const pieces: string[] = [];
  const decoder = new BodyDecoder(headers["content-type"]);
  const structure = new Structure();
  let bytes = 0;
  const read = (piece: string): void => {
    structure.take(piece);
    if (structure.isJson && structure.values > mostValues) throw tooLong(host, status);
    pieces.push(piece);
  };
  for await (const chunk of decoded(body, codingsOf(headers)) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > maxBodyBytes) throw tooLong(host, status);
    read(decoder.take(chunk));
  }
  read(decoder.end());
  const text = pieces.join("");
  const isTooMuch = structure.deepest > mostNested || structure.values > mostValues;
  return isTooMuch ? { kind: "text", text } : parseJson(text);
}

/** White space, byte order marks, and the zeros of UTF-16 that is not declared. */
const beforeJson = new Set(" \t\n\r\0\ufeff");
const openingBracket = 0x5b;
const closingBracket = 0x5d;
const openingBrace = 0x7b;
const closingBrace = 0x7d;
const comma = 0x2c;
const quote = 0x22;
const backslash = 0x5c;

/**
 * Counts values and how deep they are nested, piece by piece, because parsing very many or very deep ones takes seconds.
 * Counts in the text that is parsed: the bytes of a character can look like a quote or a backslash in other encodings.
 */
class Structure {
  deepest = 0;
  /** Brackets and commas. */
  values = 0;
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #opening: string | undefined;

  /** Whether the body begins with a bracket, and not as a page or a sentence. */
  get isJson(): boolean {
    return this.#opening === "[" || this.#opening === "{";
  }

  take(text: string): void {
    this.#opening ??= firstOf(text);
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.#isEscaped) this.#isEscaped = false;
      else if (code === backslash) this.#isEscaped = this.#inString;
      else if (code === quote) this.#inString = !this.#inString;
      else if (!this.#inString) this.#delimiter(code);
    }
  }

  #delimiter(code: number): void {
    if (code === comma) {
      this.values += 1;
    } else if (code === openingBracket || code === openingBrace) {
      this.values += 1;
      this.#depth += 1;
      this.deepest = Math.max(this.deepest, this.#depth);
    } else if (code === closingBracket || code === closingBrace) {
      this.#depth -= 1;
    }
  }
}

/** The first character that belongs to the content. */
function firstOf(text: string): string | undefined {
  for (const character of text) if (!beforeJson.has(character)) return character;
  return undefined;
}

type Decoder = InstanceType<typeof TextDecoder>;

/** Decodes a body while it arrives. JSON is UTF-8, but a byte order mark or the declared charset may say something else. */
class BodyDecoder {
  readonly #contentType: string;
  #decoder: Decoder | undefined;
  #beginning = Buffer.alloc(0);

  constructor(contentType = "") {
    this.#contentType = contentType;
  }

  take(chunk: Buffer): string {
    if (this.#decoder !== undefined) return this.#decoder.decode(chunk, { stream: true });
    this.#beginning = Buffer.concat([this.#beginning, chunk]);
    // A byte order mark may still arrive.
    if (this.#beginning.length < 2) return "";
    this.#decoder = decoderFor(this.#beginning, this.#contentType);
    return this.#decoder.decode(this.#beginning, { stream: true });
  }

  /** What the body ends with. */
  end(): string {
    return this.#decoder?.decode() ?? decoderFor(this.#beginning, this.#contentType).decode(this.#beginning);
  }
}

function decoderFor([first, second]: Uint8Array, contentType: string): Decoder {
  const declared = /;\s*charset="?([\w.:-]+)/i.exec(contentType)?.[1] ?? "utf-8";
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : declared;
  try {
    return new TextDecoder(encoding);
  } catch {
    // No such charset.
    return new TextDecoder();
  }
}

function parseJson(text: string): JsonBody {
  try {
    const value: unknown = JSON.parse(text);
    return { kind: "json", value };
  } catch {
    // Services send errors as plain text and proxies send pages. The caller decides which it is.
    return { kind: "text", text };
  }
}

function tooLong(host: string, status: number): ExportError {
  return new ExportError(
    "unexpectedResponse",
    t("The response from {0} is too large for a task list. Check the base URL.", host),
    { details: { host, status } },
  );
}

function notDecodable(host: string, status: number, cause: unknown): ExportError {
  return new ExportError("unexpectedResponse", t("The response from {0} can't be decoded. Check the base URL.", host), {
    details: { host, status },
    cause,
  });
}
