import { element } from "./element.ts";
import { splitAtInvisibles } from "../../model/invisibleCharacters.ts";
import { codeOf } from "./invisibles.ts";

const lineBreak = /[\r\n]/;

/**
 * A text with a sign for every invisible character. The characters stay in the text, so that copying it copies the
 * value. Line breaks are up to the caller.
 */
export function withSigns(text: string): Node[] {
  return splitAtInvisibles(text).map(({ part, isInvisible }) =>
    isInvisible && !lineBreak.test(part) ? sign(part) : document.createTextNode(part),
  );
}

function sign(character: string): HTMLElement {
  if (character === "\t") return element("span", { class: "tab" }, character);
  return element("span", { class: "invisible", "data-code": codeOf(character) }, character);
}
