import { withoutInvisibles } from "../../model/invisibleCharacters.ts";

/**
 * Text from outside as plain text: what services, stores, files, accounts and other extensions name and say. Each kind of
 * surface of VS Code has a syntax of its own, and so a function of its own. All of them can be applied to their result
 * again without an effect.
 */

/** Longer text is cut in every surface anyway, and takes time to measure. */
const longest = 1000;

/** Characters that end a line or control a terminal. */
const lineEnds = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Can't be seen, and separates what would otherwise be read as syntax. */
const wordJoiner = "\u2060";

/** One line, in the order in which it is written: for rows of trees, logs, titles and buttons. */
export function plainLine(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return withoutInvisibles(cut.replaceAll(lineEnds, " "));
}

/**
 * For notifications and progress. There, VS Code turns `[text](target)` into a
 * link, even to a command.
 */
export function plainMessage(text: string): string {
  return plainLine(text).replaceAll("](", "] (");
}

/** As VS Code recognizes an icon in a row of a list, unless it is escaped already. */
const icon = /(?<!\\)\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;

/** For rows of quick picks, in which `$(name)` is an icon. */
export function plainRow(text: string): string {
  return plainLine(text).replaceAll(icon, "\\$&");
}

/** For prompts and messages of input boxes, which have links and icons, but no escapes. A joiner can't be seen. */
export function plainPrompt(text: string): string {
  return plainMessage(text).replaceAll("$(", `$${wordJoiner}(`);
}

/**
 * For tooltips. Escaped Markdown still turns the addresses of sites and mailboxes into links, and so every address in
 * angle brackets. It also reads `&lt;` as another character.
 */
export function plainTooltip(text: string): string {
  return plainLine(text)
    .replaceAll(/[<&]/g, `$&${wordJoiner}`)
    .replaceAll("://", `:${wordJoiner}//`)
    .replaceAll(/www(?=\.)/gi, `$&${wordJoiner}`)
    .replaceAll("@", `${wordJoiner}@${wordJoiner}`);
}
