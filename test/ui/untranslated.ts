import assert from "node:assert/strict";
import type { Frame, Page } from "playwright-core";
import { reservedExports } from "../../sandbox/spaaza/reservedExports.ts";
import { reservedRefusals } from "../../sandbox/spaaza/reservedRefusals.ts";
import { reservedTasks } from "../../sandbox/textReveal/reservedTasks.ts";
import { shownTexts, untranslated } from "./shownText.ts";

type Texts = readonly (string | RegExp)[];

/** What comes from the services and from files. The longest first, because some contain others. */
const fromServices: Texts = [
  ...[...reservedExports(0), ...reservedRefusals(0)].map(({ desc }) => desc),
  ...reservedTasks(0).map(({ description }) => description),
].toSorted((one, other) => other.length - one.length);

const data: Texts = [
  ...fromServices,
  /https?:\/\/\S*/g,
  /(~|\.\.)?[\w./…-]+\.(csv|json|gz|py|txt|zip|html)\b/g,
  /(Nightly export of|Campaign task:|Export of) [\w-]+/g,
  /Weekly analytics \d+/g,
  /(Spaaza|TextReveal)( sandbox)?/g,
  // Names of fields and comparisons, as the service calls them.
  /\b[a-z]+(_[a-z]+)+\b/g,
  /\b(transactions|users|vouchers|wallet-ledger|products|product-variants)\b/g,
  /\b(CSV|JSON|DONE|READY|RUNNING|ERROR|COMPLETED|INPROGRESS|STARTING|FAILED|SHA-256)\b/gi,
  /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b|\b[0-9a-f]{8}…[0-9a-f]{4}\b/g,
  // As Intl writes them.
  /[\d.,]+\s?(bytes?|kB|MB|GB)(\/s)?/g,
  /[\d,]+ (sec|min|hr|day|wk|mo|yr)s?\.? ago|\bnow\b|yesterday|[\d,]+ (sec|min|hr|days?)\b/g,
  /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w* \d+, \d{4}(,| at)? \d+:\d+(:\d+)?\s(AM|PM)/g,
];

/** VS Code's own texts in our surfaces, which its language packs translate. */
const ofVsCode: Texts = [
  /\(command:[^)]*\)|Click to execute command '.*'/g,
  /\((Ctrl|Shift|Alt|Cmd)\+[^)]+\)|^(Control|Shift|Alt)\+.*|^(Enter|Escape|F2|Delete)$/g,
  /Press 'Enter' to confirm (your input )?or 'Escape' to cancel/g,
  /, Inspect the response in the accessible view with .*/g,
  /^(Back|OK|Cancel|Close|Close Dialog|Progress|Warning|Welcome|Toggle( all checkboxes)?)\s*$/g,
  /^(Views and More Actions\.\.\.|More Actions\.\.\.|Views|Collapse All|Hide|Notification Actions)/g,
  /^(Clear|Expand|Collapse) Notification( \(Del\))?|^More Actions…/g,
  /^(Info|Warning|Error): |, notification\s*$|, source:|^Source: /g,
  / actions$|^Actions for | Section$|[\d,]+ (Results?|Selected)$/g,
  // The name of an icon, in front of what it belongs to.
  /^(add|copy|arrow-right|ellipsis|cloud-download|eye) {2}/g,
];

/** Collects what isn't translated, so that a test tells all of it at once. */
export class Untranslated {
  readonly #page: Page;
  readonly #found = new Set<string>();

  constructor(page: Page) {
    this.#page = page;
  }

  /** Looks at everything visible in the elements that match. */
  async look(where: string, selector: string, also: Texts = []): Promise<void> {
    await this.lookIn(this.#page, where, selector, also);
  }

  async lookIn(page: Page | Frame, where: string, selector: string, also: Texts = []): Promise<void> {
    const texts = await shownTexts(page, selector);
    if (!texts.some(({ text }) => text.includes("⟦"))) this.#found.add(`${where}: nothing is translated`);
    for (const { as, text } of texts) {
      const rest = untranslated(text, [...data, ...also, ...ofVsCode]);
      if (rest !== undefined) this.#found.add(`${where}, ${as}: ${text} [${rest}]`);
    }
  }

  /** Fails with what was found since the last time. */
  assertNone(): void {
    const found = [...this.#found];
    this.#found.clear();
    assert.deepEqual(found, []);
  }
}
