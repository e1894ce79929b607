/** One theme of each kind, and the class of VS Code's window with it. */
export const themes = [
  { theme: "Light Modern", kind: "vs" },
  { theme: "Dark Modern", kind: "vs-dark" },
  { theme: "Light High Contrast", kind: "hc-light" },
  { theme: "Dark High Contrast", kind: "hc-black" },
] as const;
