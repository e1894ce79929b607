/** One theme of each kind, with the classes of VS Code's window and of a webview's page. */
export const themes = [
  { theme: "Light Modern", kind: "vs", page: "vscode-light" },
  { theme: "Dark Modern", kind: "vs-dark", page: "vscode-dark" },
  { theme: "Light High Contrast", kind: "hc-light", page: "vscode-high-contrast-light" },
  { theme: "Dark High Contrast", kind: "hc-black", page: "vscode-high-contrast" },
] as const;

/** The class of a webview's page in a theme of one kind. */
export type PageTheme = (typeof themes)[number]["page"];
