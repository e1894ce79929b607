/** What a translator keeps: values, icons, settings, code, and the marks of Markdown. */
const kept = /\{\d+\}|\$\([\w~-]+\)|\$\{\w+\}|`[^`]*`|#[\w.-]+#|\*\*|https?:\/\/\S+/;
const link = /\[[^\]]+\]\([^)]+\)/;

const plain = "aeiouyAEIOUYcdghjklnrstwzCDGHJKLNRSTWZ";
const accented = "áéíóúýÁÉÍÓÚÝçďğĥĵķļñŕşţŵžÇĎĞĤĴĶĻÑŔŞŢŴŽ";
const vowels = /[áéíóúýÁÉÍÓÚÝ]/;

/** German is about this much longer than English. */
const growth = 1.35;

/**
 * A text in a language that nobody speaks: longer, with accents, and in brackets. What is shown without brackets was never
 * translated, and what lacks one of them is cut off.
 */
export function pseudoText(english: string): string {
  return english
    .split("\n")
    .map((line) => pieces(line, link).map(pseudoPiece).join(""))
    .join("\n");
}

function pseudoPiece(piece: string): string {
  const [, label, target] = /^\[([^\]]+)\](\([^)]+\))$/.exec(piece) ?? [];
  if (label !== undefined && target !== undefined) return `[${wrapped(label)}]${target}`;
  return wrapped(piece);
}

/** Spaces stay outside, because VS Code removes them from some texts. */
function wrapped(text: string): string {
  const [, before = "", inner = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  if (inner === "") return text;
  const letters = pieces(inner, kept).map((part) => (kept.test(part) ? part : stretched(part)));
  return `${before}⟦${letters.join("")}⟧${after}`;
}

function stretched(text: string): string {
  let missing = Math.ceil(text.length * (growth - 1));
  return Array.from(text)
    .map((letter) => {
      const other = accented[plain.indexOf(letter)] ?? letter;
      if (missing <= 0 || !vowels.test(other)) return other;
      missing--;
      return other + other.toLowerCase();
    })
    .join("");
}

/** The text, split into what matches and what is between. */
function pieces(text: string, pattern: RegExp): string[] {
  return text.split(new RegExp(`(${pattern.source})`)).filter((piece) => piece !== "");
}
