/** Builds an element; text is always text, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const built = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) built.setAttribute(name, value);
  built.append(...children);
  return built;
}

/** A button that does not submit anything. */
export function button(
  attributes: Readonly<Record<string, string>>,
  label: Node | string,
  onClick: () => void,
): HTMLButtonElement {
  const built = element("button", { type: "button", ...attributes }, label);
  built.addEventListener("click", onClick);
  return built;
}

/** Writes only what changed, because writing the same text again causes a layout, too. */
export function setAttribute(target: Element, name: string, value: string | undefined): void {
  if (value === undefined) {
    if (target.hasAttribute(name)) target.removeAttribute(name);
  } else if (target.getAttribute(name) !== value) {
    target.setAttribute(name, value);
  }
}

export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
