import * as vscode from "vscode";
import { createCertificateStore } from "../http/certificates.ts";
import type { NetworkSettings } from "../http/httpClient.ts";
import { chooseProxy, type ProxySettings, secretsOf } from "../http/proxyRules.ts";
import type { Redactor } from "../model/redact.ts";
import { readSetting } from "./settings.ts";

/**
 * Answers the network settings as they stand each time it is called: our own, VS Code's `http.*` and the environment's.
 * VS Code applies these to its own requests and to Node's modules, not to an HTTP client that an extension brings.
 * `http.proxyStrictSSL` is left out on purpose: certificates are always checked, and a company's own can be named.
 *
 * @param redactor gets to know what the proxy is to be told in confidence.
 */
export function networkReader(redactor: Redactor): () => NetworkSettings {
  const certificates = createCertificateStore();
  let remembered: string | undefined;
  const proxy: NetworkSettings["proxy"] = (url) => {
    const choice = chooseProxy(url, readProxySettings());
    if (choice?.authorization !== undefined && choice.authorization !== remembered) {
      for (const secret of secretsOf(choice.authorization)) redactor.remember(secret);
      remembered = choice.authorization;
    }
    return choice;
  };
  return () => ({
    connectTimeoutMs: readSetting("network.connectTimeoutSeconds") * 1000,
    stallTimeoutMs: readSetting("network.stallTimeoutSeconds") * 1000,
    proxy,
    get ca() {
      const systemStore = hostSetting("systemCertificates") !== false;
      return certificates.trusted({ caFile: readSetting("network.caFile").trim(), systemStore });
    },
  });
}

function readProxySettings(): ProxySettings {
  const support = hostSetting("proxySupport");
  const noProxy = hostSetting("noProxy");
  return {
    support: support === "off" || support === "on" || support === "fallback" ? support : "override",
    proxy: textOf(hostSetting("proxy")),
    noProxy: Array.isArray(noProxy) ? noProxy.filter((entry) => typeof entry === "string") : [],
    authorization: textOf(hostSetting("proxyAuthorization")),
    environment: process.env,
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** What stands under VS Code's own `http.`; anybody may have written anything there. */
function hostSetting(name: string): unknown {
  return vscode.workspace.getConfiguration("http").get<unknown>(name);
}
