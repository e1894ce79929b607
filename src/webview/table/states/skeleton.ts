import { t } from "@vscode/l10n";
import { element } from "../element.ts";

/** Before that, it would only flicker. */
const patienceMs = 150;
const lines = 12;

/** Says that a file is being opened, once that takes longer than a moment. @returns what ends it */
export function showSkeleton(root: HTMLElement): () => void {
  let skeleton: HTMLElement | undefined;
  const timer = setTimeout(() => {
    skeleton = element("div", { class: "skeleton", role: "status" });
    skeleton.setAttribute("aria-label", t("Opening…"));
    for (let line = 0; line < lines; line += 1) skeleton.append(element("div", { class: "skeleton-line" }));
    root.append(skeleton);
  }, patienceMs);
  return () => {
    clearTimeout(timer);
    skeleton?.remove();
  };
}
