import { t } from "@vscode/l10n";
import { encodings, type ReadAs, type Reading, type TableShape } from "../../../table/tableTypes.ts";
import { button, element, setText } from "../element.ts";
import {
  arrayAt,
  arrayChoices,
  type Choice,
  delimiterChoices,
  encodingChoices,
  encodingName,
  otherDelimiter,
  quoteAt,
  quoteChoices,
  quoteKey,
  quoteOf,
} from "./readingChoices.ts";

/** Shows how the file is read, and lets the user change it. */
export class ReadingControls {
  readonly element = element("div", { class: "reading" });
  readonly #onChange: (readAs: ReadAs) => void;
  readonly #delimiter = element("select");
  /** For a delimiter that isn't in the list. */
  readonly #typed = element("input", { type: "text", size: "2", maxlength: "10" });
  readonly #quote = element("select");
  readonly #header = element("input", { type: "checkbox" });
  /** The number of the line with which the table begins, from 1. */
  readonly #firstLine = element("input", { type: "number", min: "1", size: "3" });
  readonly #firstLineLabel = element("label");
  readonly #array = element("select");
  readonly #encoding = element("select");
  readonly #otherEncoding: HTMLButtonElement;
  readonly #flat = element("input", { type: "checkbox" });
  readonly #delimited: HTMLElement[];
  readonly #json: HTMLElement[];
  #shape: TableShape | undefined;

  constructor(onChange: (readAs: ReadAs) => void) {
    this.#onChange = onChange;
    name(this.#delimiter, t("Delimiter"));
    name(this.#typed, t("Text between fields"));
    name(this.#quote, t("Quotes"));
    name(this.#array, t("Array with the records"));
    name(this.#encoding, t("Encoding"));
    const header = element("label", {}, this.#header, t("Header row"));
    this.#firstLineLabel.append(t("From line"), this.#firstLine);
    const flat = element("label", {}, this.#flat, t("Flattened"));
    flat.title = t("Show one column for each path into nested values");
    this.#delimited = [this.#delimiter, this.#quote, header, this.#firstLineLabel];
    this.#json = [flat];
    this.#otherEncoding = button({ class: "link-button" }, "", () => this.#readOtherwise());
    this.#otherEncoding.title = t("The file has bytes that aren't UTF-8.");
    this.element.append(this.#delimiter, this.#typed, this.#quote, header, this.#firstLineLabel, this.#array, flat);
    this.element.append(this.#encoding, this.#otherEncoding);
    this.#listen();
  }

  show(shape: TableShape): void {
    this.#shape = shape;
    const { reading, otherEncoding } = shape;
    const delimited = reading.kind === "delimited";
    for (const part of this.#delimited) part.hidden = !delimited;
    for (const part of this.#json) part.hidden = delimited;
    this.#typed.hidden = true;
    this.#array.hidden = delimited || (reading.arrays ?? []).length < 2;
    fill(this.#delimiter, delimiterChoices(reading), reading.delimiter);
    fill(this.#quote, quoteChoices(reading), quoteKey(quoteOf(reading)));
    fill(this.#array, arrayChoices(reading), JSON.stringify(reading.arrayPath));
    fill(this.#encoding, encodingChoices(), reading.encoding);
    this.#header.checked = reading.header;
    this.#flat.checked = reading.flat;
    const { count = 0, text = "" } = reading.before ?? {};
    this.#firstLine.value = String(count + 1);
    this.#firstLineLabel.title = count === 0 ? t("The line with which the table begins") : text;
    this.#otherEncoding.hidden = otherEncoding === undefined || otherEncoding === reading.encoding;
    setText(this.#otherEncoding, otherEncoding === undefined ? "" : t("Read as {0}", encodingName(otherEncoding)));
  }

  /** Each control keeps what it depends on, and lets the rest be detected again. */
  #listen(): void {
    const change = (control: HTMLElement, readAs: (reading: Reading) => ReadAs): void =>
      control.addEventListener("change", () => this.#change(readAs));
    this.#delimiter.addEventListener("change", () => {
      if (this.#delimiter.value === otherDelimiter) this.#typeDelimiter();
      else this.#change(() => ({ ...this.#encoded(), delimiter: this.#delimiter.value }));
    });
    this.#typed.addEventListener("change", () => {
      const delimiter = this.#typed.value;
      if (delimiter !== "") this.#change(() => ({ ...this.#encoded(), delimiter }));
    });
    change(this.#quote, ({ delimiter, ...reading }) => ({
      ...this.#encoded(),
      delimiter,
      ...quoteAt(this.#quote.value, { delimiter, ...reading }),
    }));
    change(this.#header, (reading) => ({ ...this.#divided(reading), header: this.#header.checked }));
    change(this.#firstLine, (reading) => this.#divided(reading));
    change(this.#encoding, () => this.#encoded());
    change(this.#flat, (reading) => ({ ...this.#encoded(), ...this.#inArray(reading), flat: this.#flat.checked }));
    change(this.#array, (reading) => ({ ...this.#encoded(), ...this.#inArray(reading), flat: reading.flat }));
  }

  #change(readAs: (reading: Reading) => ReadAs): void {
    if (this.#shape !== undefined) this.#onChange(readAs(this.#shape.reading));
  }

  #readOtherwise(): void {
    const encoding = this.#shape?.otherEncoding;
    if (encoding !== undefined) this.#onChange({ encoding });
  }

  #typeDelimiter(): void {
    this.#typed.hidden = false;
    this.#typed.value = "";
    this.#typed.focus();
  }

  #encoded(): ReadAs {
    const encoding = encodings.find((known) => known === this.#encoding.value);
    return encoding === undefined ? {} : { encoding };
  }

  #divided(reading: Reading): ReadAs {
    const { delimiter } = reading;
    const line = Math.max(1, Math.floor(Number(this.#firstLine.value)) || 1);
    return { ...this.#encoded(), delimiter, ...quoteOf(reading), linesBefore: line - 1 };
  }

  #inArray(reading: Reading): ReadAs {
    const arrayPath = arrayAt(this.#array.value, reading);
    return arrayPath === undefined ? {} : { arrayPath };
  }
}

function name(control: HTMLElement, words: string): void {
  control.setAttribute("aria-label", words);
  control.title = words;
}

function fill(select: HTMLSelectElement, choices: readonly Choice[], chosen: string): void {
  select.replaceChildren(...choices.map(({ value, words }) => element("option", { value }, words)));
  select.value = chosen;
}
