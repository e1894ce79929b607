import { element } from "../element.ts";
import { hasInvisibles } from "../../../model/invisibleCharacters.ts";
import { withSigns } from "../signs.ts";
import { matchSpans } from "../find/pattern.ts";

/**
 * Writes a value into its cell, with signs for line breaks and invisible characters, an ellipsis where it was cut, and
 * marked matches. A plain value, like nearly all are, is one text node.
 */
export function writeCellText(cell: HTMLElement, text: string, cut: boolean, marks: RegExp | undefined): void {
  const spans = marks === undefined ? [] : matchSpans(text, marks);
  const shown = cut ? `${text}…` : text;
  if (spans.length === 0 && !hasInvisibles(text)) {
    cell.textContent = shown;
    return;
  }
  const parts: Node[] = [];
  let at = 0;
  for (const [from, to] of spans) {
    parts.push(...drawn(text.slice(at, from)), element("mark", {}, ...drawn(text.slice(from, to))));
    at = to;
  }
  parts.push(...drawn(shown.slice(at)));
  cell.replaceChildren(...parts);
}

function drawn(text: string): Node[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.flatMap((line, n) => [
    ...(n > 0 ? [element("span", { class: "newline" }, "↵")] : []),
    ...withSigns(line),
  ]);
}
