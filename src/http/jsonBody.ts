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
  const chunks: Buffer[] = [];
  const structure = new Structure();
  let bytes = 0;
  for await (const chunk of decoded(body, codingsOf(headers)) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > maxBodyBytes) throw tooLong(host, status);
    structure.take(chunk);
    if (structure.isJson && structure.values > mostValues) throw tooLong(host, status);
    chunks.push(chunk);
  }
  const text = textOf(Buffer.concat(chunks), headers["content-type"]);
  const isTooMuch = structure.deepest > mostNested || structure.values > mostValues;
  return isTooMuch ? { kind: "text", text } : parseJson(text);
}

/** White space, the bytes of a byte order mark, and the zeros of UTF-16. */
const beforeJson = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf, 0xfe, 0xff, 0x00]);

/** Counts values and how deep they are nested, chunk by chunk, because parsing very many or very deep ones takes seconds. */
class Structure {
  deepest = 0;
  /** Brackets and commas. */
  values = 0;
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #opening: number | undefined;

  /** Whether the body begins with a bracket, and not as a page or a sentence. */
  get isJson(): boolean {
    return this.#opening === 0x5b || this.#opening === 0x7b;
  }

  take(chunk: Buffer): void {
    this.#opening ??= chunk.find((byte) => !beforeJson.has(byte));
    for (const byte of chunk) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === 0x5c) this.#isEscaped = this.#inString;
      else if (byte === 0x22) this.#inString = !this.#inString;
      else if (!this.#inString) this.#delimiter(byte);
    }
  }

  #delimiter(byte: number): void {
    if (byte === 0x2c) {
      this.values += 1;
    } else if (byte === 0x5b || byte === 0x7b) {
      this.values += 1;
      this.#depth += 1;
      this.deepest = Math.max(this.deepest, this.#depth);
    } else if (byte === 0x5d || byte === 0x7d) {
      this.#depth -= 1;
    }
  }
}

/** JSON is UTF-8, but a byte order mark or the declared charset may say something else. */
function textOf(bytes: Buffer, contentType = ""): string {
  const [first, second] = bytes;
  const declared = /;\s*charset="?([\w.:-]+)/i.exec(contentType)?.[1] ?? "utf-8";
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : declared;
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    // No such charset.
    return new TextDecoder().decode(bytes);
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
