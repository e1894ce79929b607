/** The parts of the grid's page. */
export interface GridPage {
  /** New for each page. Only scripts with this nonce run. */
  readonly nonce: string;
  /** The source that the webview may load from, for a content security policy. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  /** Translated sentences for `@vscode/l10n`; empty for English. */
  readonly sentences: object;
}

/** The page in which the grid runs. It loads its own script and style, and nothing else. */
export function gridPage({ nonce, cspSource, scriptUri, styleUri, language, title, sentences }: GridPage): string {
  // Two of them don't follow `default-src`.
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}`;
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(styleUri)}">
</head>
<body>
<div id="table-root"></div>
<script type="application/json" id="l10n">${jsonInPage(sentences)}</script>
<script nonce="${escaped(nonce)}" src="${escaped(scriptUri)}"></script>
</body>
</html>`;
}

/** A page with one sentence and one command, for a file that can't be shown. */
export interface NotePage {
  readonly language: string;
  readonly title: string;
  readonly sentence: string;
  readonly command: { readonly id: string; readonly label: string };
}

export function notePage({ language, title, sentence, command }: NotePage): string {
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<title>${escaped(title)}</title>
</head>
<body>
<p role="status">${escaped(sentence)}</p>
<p><a href="command:${escaped(command.id)}">${escaped(command.label)}</a></p>
</body>
</html>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Contains no `<`, so that no sentence can end the element around it. */
function jsonInPage(value: object): string {
  return JSON.stringify(value).replaceAll("<", String.raw`\u003c`);
}
