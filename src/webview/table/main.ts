import { config } from "@vscode/l10n";
import { createHostLink } from "./hostLink.ts";
import { pagePort } from "./pagePort.ts";
import { PageMemory } from "./pageMemory.ts";
import { Page } from "./screen/page.ts";

const translations = document.getElementById("l10n")?.textContent.trim() ?? "";
if (translations !== "") config({ contents: translations });

const host = acquireVsCodeApi();
const link = createHostLink(pagePort((message) => host.postMessage(message)));

const root = document.getElementById("table-root");
if (root) void new Page(link, new PageMemory(host), root).open();
