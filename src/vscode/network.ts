import * as vscode from "vscode";
import { createCertificateStore } from "../http/certificates.ts";
import type { NetworkSettings } from "../http/httpClient.ts";
import { chooseProxy, type ProxySettings, secretsOf } from "../http/proxyRules.ts";
import type { Redactor } from "../model/redact.ts";
import { readSetting } from "./settings.ts";

/**
 * Returns a function that reads the current network settings: our own, VS Code's `http.*`, and the environment. VS Code
 * applies them to its own requests and to Node's modules, but not to an HTTP client bundled with an extension.
 * `http.proxyStrictSSL` is ignored on purpose: certificates are always checked, and the settings can add those of a
 * company.
 *
 * @param redactor gets the secrets of the proxy.
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

/** A setting of VS Code's own `http.` section. Its value can be anything. */
function hostSetting(name: string): unknown {
  return vscode.workspace.getConfiguration("http").get<unknown>(name);
}
