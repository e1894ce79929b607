import { config } from "@vscode/l10n";
import { HostLink } from "./hostLink.ts";
import { PageMemory } from "./pageMemory.ts";
import { Page } from "./screen/page.ts";

const translations = document.getElementById("l10n")?.textContent.trim() ?? "";
if (translations !== "") config({ contents: translations });

const host = acquireVsCodeApi();
const link = new HostLink((message) => host.postMessage(message));
window.addEventListener("message", ({ data }: MessageEvent<unknown>) => link.receive(data));

const root = document.getElementById("table-root");
if (root) void new Page(link, new PageMemory(host), root).open();
