import { t } from "@vscode/l10n";
import { delimiters, type Encoding, encodings, type ReadAs, type Reading } from "../../../table/tableTypes.ts";
import { element } from "../element.ts";

/** Shows how the file is read, and lets the user change it. */
export class ReadingControls {
  readonly element = element("div", { class: "reading" });
  readonly #onChange: (readAs: ReadAs) => void;
  readonly #delimiter = element("select");
  readonly #header = element("input", { type: "checkbox" });
  readonly #encoding = element("select");
  readonly #flat = element("input", { type: "checkbox" });
  readonly #delimited: HTMLElement[];
  readonly #json: HTMLElement[];
  #reading: Reading | undefined;

  constructor(onChange: (readAs: ReadAs) => void) {
    this.#onChange = onChange;
    this.#delimiter.setAttribute("aria-label", t("Delimiter"));
    this.#delimiter.title = t("Delimiter");
    this.#encoding.setAttribute("aria-label", t("Encoding"));
    this.#encoding.title = t("Encoding");
    const header = element("label", {}, this.#header, t("Header row"));
    const flat = element("label", {}, this.#flat, t("Flattened"));
    flat.title = t("Show one column for each path into nested values");
    this.#delimited = [this.#delimiter, header];
    this.#json = [flat];
    this.element.append(this.#delimiter, header, flat, this.#encoding);
    for (const control of [this.#delimiter, this.#header, this.#encoding, this.#flat]) {
      control.addEventListener("change", () => this.#changed(control));
    }
  }

  show(reading: Reading): void {
    this.#reading = reading;
    const delimited = reading.kind === "delimited";
    for (const part of this.#delimited) part.hidden = !delimited;
    for (const part of this.#json) part.hidden = delimited;
    const known = delimiters.includes(reading.delimiter) ? delimiters : [...delimiters, reading.delimiter];
    fill(this.#delimiter, known, reading.delimiter, delimiterName);
    fill(this.#encoding, encodings, reading.encoding, encodingName);
    this.#header.checked = reading.header;
    this.#flat.checked = reading.flat;
  }

  /**
   * Keeps what the user chose and what it depends on, and lets the rest be detected again. The fields depend on the
   * encoding, and whether the first row is a header depends on both.
   */
  #changed(control: HTMLElement): void {
    const reading = this.#reading;
    if (reading === undefined) return;
    const encoding = encodings.find((known) => known === this.#encoding.value) ?? reading.encoding;
    if (control === this.#encoding) this.#onChange({ encoding });
    else if (control === this.#flat) this.#onChange({ encoding, flat: this.#flat.checked });
    else if (control === this.#delimiter) this.#onChange({ encoding, delimiter: this.#delimiter.value });
    else {
      const { delimiter, quote } = reading;
      this.#onChange({ encoding, delimiter, quote, header: this.#header.checked });
    }
  }
}

function fill<Value extends string>(
  select: HTMLSelectElement,
  values: readonly Value[],
  chosen: Value,
  nameOf: (value: Value) => string,
): void {
  select.replaceChildren(...values.map((value) => element("option", { value }, nameOf(value))));
  select.value = chosen;
}

function delimiterName(delimiter: string): string {
  switch (delimiter) {
    case ",":
      return t("Comma");
    case ";":
      return t("Semicolon");
    case "\t":
      return t("Tab");
    case "|":
      return t("Pipe");
    default:
      return delimiter;
  }
}

function encodingName(encoding: Encoding): string {
  switch (encoding) {
    case "utf-8":
      return "UTF-8";
    case "utf-16le":
      return "UTF-16 LE";
    case "utf-16be":
      return "UTF-16 BE";
    case "windows-1252":
      return "Windows 1252";
  }
}
