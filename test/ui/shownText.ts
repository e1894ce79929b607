import type { Frame, Page } from "playwright-core";

/** A text that a person sees or a screen reader says. */
export interface ShownText {
  /** The text itself, or an attribute such as `aria-label`. */
  readonly as: string;
  readonly text: string;
}

/** Runs in the page: all texts in the visible elements that match, also in the shadow trees of menus. */
const collect = `(selector) => {
  const names = ["aria-label", "aria-description", "aria-valuetext", "aria-roledescription", "title", "placeholder", "alt"];
  const found = [];
  const trees = [document];
  for (const tree of trees) {
    for (const { shadowRoot } of tree.querySelectorAll("*")) if (shadowRoot) trees.push(shadowRoot);
  }
  for (const root of trees.flatMap((tree) => [...tree.querySelectorAll(selector)])) {
    for (const element of [root, ...root.querySelectorAll("*")]) {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest("script, style") !== null) continue;
      for (const name of names) {
        const text = element.getAttribute(name);
        if (text) found.push({ as: name, text });
      }
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE && node.data.trim() !== "") found.push({ as: "text", text: node.data.trim() });
      }
    }
  }
  return found;
}`;

export function shownTexts(page: Page | Frame, selector: string): Promise<ShownText[]> {
  return page.evaluate<ShownText[]>(`(${collect})(${JSON.stringify(selector)})`);
}

/** Runs in the page: texts in brackets that don't fit into their element. */
const findCut = `(() => {
  const cut = [];
  for (const element of document.body.querySelectorAll("*")) {
    const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("");
    if (!text.includes("⟦") || !element.checkVisibility({ visibilityProperty: true })) continue;
    let box = element;
    while (getComputedStyle(box).display === "inline" && box.parentElement !== null) box = box.parentElement;
    const { clip, clipPath } = getComputedStyle(box);
    if (clip !== "auto" || clipPath !== "none") continue;
    const range = document.createRange();
    range.selectNodeContents(element);
    // What has no room at all may be left out, if it wraps into a line that isn't seen.
    if (range.getBoundingClientRect().top >= box.getBoundingClientRect().bottom) continue;
    if (box.scrollWidth > box.clientWidth + 1) cut.push(box.className + ": " + text.trim());
  }
  return cut;
})()`;

export function cutTexts(frame: Frame): Promise<string[]> {
  return frame.evaluate<string[]>(findCut);
}

/** What isn't translated in a text: its words outside brackets that are not data. Undefined if there are none. */
export function untranslated(text: string, data: readonly (string | RegExp)[]): string | undefined {
  // Tooltips keep the spaces of a name together.
  let rest = text.replaceAll(/\s/g, " ").replaceAll("\u2060", "");
  for (let before = ""; before !== rest;) {
    before = rest;
    rest = rest.replaceAll(/⟦[^⟦⟧]*⟧/g, " ");
  }
  if (/[⟦⟧]/.test(rest)) return `cut off: ${text}`;
  for (const each of data) rest = rest.replaceAll(each, " ");
  return /\p{L}{2}/u.test(rest) ? rest.trim() : undefined;
}
