import { t } from "@vscode/l10n";
import type { ColumnProfile } from "../../../model/queryContract.ts";
import { inPlainSigns } from "../invisibles.ts";
import { numberInWords } from "../wording.ts";

const svg = "http://www.w3.org/2000/svg";
const longestShown = 40;
/** The height of the lowest bar that counts something, of 100. */
const lowest = 8;

/** All bars of a column as one path, so that hundreds of headers are painted cheaply. */
export function headerBars({ histogram, frequent }: ColumnProfile): SVGSVGElement {
  const counts = (histogram ?? frequent).map(({ count }) => count);
  const most = Math.max(1, ...counts);
  const bars = counts.map((count, place) => {
    const height = count === 0 ? 0 : Math.max(lowest, Math.round((count / most) * 100));
    return `M${place * 10} 100v-${height}h9v${height}z`;
  });
  const drawing = document.createElementNS(svg, "svg");
  drawing.setAttribute("viewBox", `0 0 ${Math.max(1, counts.length) * 10} 100`);
  drawing.setAttribute("preserveAspectRatio", "none");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", bars.join(""));
  drawing.append(path);
  return drawing;
}

/** What the bars show, for those who don't see them. */
export function headerBarsInWords({ histogram, min, max, distinct }: ColumnProfile): string {
  if (histogram === undefined || min === undefined || max === undefined) {
    return t("different values: {0}", numberInWords(distinct));
  }
  return t("from {0} to {1}", shown(min), shown(max));
}

function shown(value: string): string {
  return inPlainSigns(value.slice(0, longestShown));
}
