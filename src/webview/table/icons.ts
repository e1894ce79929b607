const svg = "http://www.w3.org/2000/svg";

/** Lines on a field of 16 × 16, so that no font or file has to be loaded. */
const paths = {
  close: "M4 4l8 8M12 4l-8 8",
  up: "M8 13V3.5M4 7.5l4-4 4 4",
  down: "M8 3v9.5M4 8.5l4 4 4-4",
  left: "M13 8H3.5M7.5 4l-4 4 4 4",
  right: "M3 8h9.5M8.5 4l4 4-4 4",
  sort: "M5.5 13V3.5M3 6l2.5-2.5L8 6M10.5 3v9.5M8 10l2.5 2.5L13 10",
  filter: "M2.5 3.5h11L9.5 8.5v4l-3 1.5V8.5z",
  menu: "M4.5 6.5L8 10l3.5-3.5",
  record: "M2.5 4h1M6 4h7.5M2.5 8h1M6 8h7.5M2.5 12h1M6 12h7.5",
  pin: "M6 2.5h4M6.5 2.5V7L4.5 9h7l-2-2V2.5M8 9v4.5",
  copy: "M5.5 5.5h7v8h-7zM3.5 10.5v-8h7",
  wrap: "M2.5 4h11M2.5 8H11a2 2 0 010 4H7.5M9 10l-2 2 2 2M2.5 12H5",
  number: "M6.5 3l-1 10M10.5 3l-1 10M3 6.2h10.5M2.5 9.8H13",
  date: "M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5V5M10.5 2.5V5",
  boolean: "M3 8.5l3.5 3.5L13 4.5",
  text: "M3.5 4.5v-1h9v1M8 3.5v9M6.5 12.5h3",
  json: "M6 3c-1.5 0-2 .7-2 2v1.5C4 7.5 3.5 8 2.5 8 3.5 8 4 8.5 4 9.5V11c0 1.3.5 2 2 2M10 3c1.5 0 2 .7 2 2v1.5c0 1 .5 1.5 1.5 1.5-1 0-1.5.5-1.5 1.5V11c0 1.3-.5 2-2 2",
} as const;

export type IconName = keyof typeof paths;

/** A picture next to a label or instead of it, which isn't read out. */
export function icon(name: IconName): SVGSVGElement {
  const drawing = document.createElementNS(svg, "svg");
  drawing.setAttribute("viewBox", "0 0 16 16");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svg, "path");
  line.setAttribute("d", paths[name]);
  drawing.append(line);
  return drawing;
}
