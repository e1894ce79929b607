/** Each kind of theme by one of its kind, and the class that VS Code gives its window then. */
export const themes = [
  { theme: "Light Modern", kind: "vs" },
  { theme: "Dark Modern", kind: "vs-dark" },
  { theme: "Light High Contrast", kind: "hc-light" },
  { theme: "Dark High Contrast", kind: "hc-black" },
] as const;
