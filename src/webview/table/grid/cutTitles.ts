import { setAttribute } from "../element.ts";

/** Shows the text of a cell that is too narrow for it as a tooltip while the pointer is over the cell. */
export function showCutTitles(body: HTMLElement): void {
  let titled: HTMLElement | undefined;
  const clear = () => {
    if (titled) setAttribute(titled, "title", undefined);
    titled = undefined;
  };
  body.addEventListener("pointerover", ({ target }) => {
    clear();
    const cell = target instanceof Element ? target.closest<HTMLElement>(".cell") : null;
    if (cell === null || cell.scrollWidth <= cell.clientWidth) return;
    titled = cell;
    setAttribute(cell, "title", cell.textContent);
  });
  body.addEventListener("pointerleave", clear);
  // The element may show another row's value afterwards.
  body.addEventListener("wheel", clear, { passive: true });
}
