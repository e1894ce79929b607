import { BlockList, isIP } from "node:net";
import { isLoopbackHost } from "../model/hostRules.ts";
import type { ProxyChoice } from "./httpClient.ts";
import { proxyAuthorizationNotSendable, proxyNotUsable } from "./networkErrors.ts";

/** The proxy settings of VS Code and the environment. */
export interface ProxySettings {
  /** `http.proxySupport`. All values except `off` mean the same here, because there is no other proxy to override. */
  readonly support: "off" | "on" | "fallback" | "override";
  /** `http.proxy`, or empty. */
  readonly proxy: string;
  /** `http.noProxy`. */
  readonly noProxy: readonly string[];
  /** `http.proxyAuthorization`: the whole header, or empty. A secret. */
  readonly authorization: string;
  readonly environment: Readonly<Partial<Record<string, string>>>;
}

/**
 * Chooses the proxy for a URL in the same way as VS Code:
 * - this machine itself is always reached directly, and so is everything if `http.proxySupport` is `off`;
 * - `http.noProxy`, or `NO_PROXY` if that is empty, lists the hosts to reach directly;
 * - `http.proxy` is used first, then `HTTPS_PROXY`, then `HTTP_PROXY`, then `ALL_PROXY` (which VS Code does not read);
 *   the lower-case spelling of a variable wins;
 * - `http.proxyAuthorization` is used before the user name and password in the proxy's URL.
 *
 * @returns undefined for a direct connection.
 * @throws ExportError `proxy` if a proxy is set but can't be used. Connecting directly instead could reveal to the
 * network what the person wants to hide from it.
 */
export function chooseProxy(url: string, settings: ProxySettings): ProxyChoice | undefined {
  const target = new URL(url);
  if (settings.support === "off" || isLoopbackHost(target.hostname)) return undefined;
  const address = settings.proxy.trim() || proxyOfEnvironment(target.protocol, settings.environment);
  if (address === "" || isExcepted(target, exceptionsOf(settings))) return undefined;
  return choiceOf(address, settings.authorization.trim());
}

/** The parts of a `Proxy-Authorization` value that must never be logged. */
export function secretsOf(authorization: string): string[] {
  const [, scheme = "", credentials = authorization] = /^(\S+) +(\S.*)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== "basic") return [credentials];
  const pair = Buffer.from(credentials, "base64").toString();
  return [credentials, pair.slice(pair.indexOf(":") + 1)];
}

function proxyOfEnvironment(protocol: string, environment: ProxySettings["environment"]): string {
  const forAll = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
  return firstOf(environment, protocol === "https:" ? ["https_proxy", "HTTPS_PROXY", ...forAll] : forAll);
}

function exceptionsOf({ noProxy, environment }: ProxySettings): readonly string[] {
  return noProxy.length > 0 ? noProxy : firstOf(environment, ["no_proxy", "NO_PROXY"]).split(/[\s,]+/);
}

/** The first variable that is set and not empty. */
function firstOf(environment: ProxySettings["environment"], names: readonly string[]): string {
  return names.map((name) => environment[name]?.trim() ?? "").find((value) => value !== "") ?? "";
}

function choiceOf(address: string, authorization: string): ProxyChoice {
  // Environment variables often omit the scheme.
  const text = address.includes("://") ? address : `http://${address}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") throw proxyNotUsable();
  const header = authorization || basicAuthorization(url);
  if (/[^\t\x20-\x7e]/.test(header)) throw proxyAuthorizationNotSendable();
  return header === "" ? { uri: url.origin } : { uri: url.origin, authorization: header };
}

function basicAuthorization({ username, password }: URL): string {
  if (username === "" && password === "") return "";
  const pair = `${decoded(username)}:${decoded(password)}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A single percent sign is part of the password.
    return text;
  }
}

function isExcepted(target: URL, exceptions: readonly string[]): boolean {
  const host = target.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
  const port = target.port || (target.protocol === "https:" ? "443" : "80");
  return exceptions.some((exception) => matches(exception.trim().toLowerCase(), host, port));
}

/**
 * One exception: `*`, a name (which includes its subdomains, with or without a leading `.` or `*.`), an address, or a
 * range such as `10.0.0.0/8`. All except the range can end with `:port`.
 */
function matches(exception: string, host: string, port: string): boolean {
  if (exception === "*") return true;
  if (exception.includes("/")) return isInRange(exception, host);
  const { name, port: onlyPort } = splitPort(exception);
  if (name === "" || (onlyPort !== undefined && onlyPort !== port)) return false;
  const family = isIP(name);
  return family === 0 ? `.${host}`.endsWith(`.${name}`) : isInRange(`${name}/${family === 4 ? 32 : 128}`, host);
}

function splitPort(exception: string): { readonly name: string; readonly port: string | undefined } {
  if (isIP(exception) === 6) return { name: exception, port: undefined };
  const [, inBrackets, plain = "", port] = /^(?:\[(.*)\]|(.*?))(?::(\d+))?$/.exec(exception) ?? [];
  return { name: inBrackets ?? plain.replace(/^\*?\./, "").replace(/\.$/, ""), port };
}

function isInRange(range: string, host: string): boolean {
  const [, address = "", bits = ""] = /^([^/]+)\/(\d{1,3})$/.exec(range) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 4 ? 32 : 128) || isIP(host) === 0) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family === 4 ? "ipv4" : "ipv6");
  return list.check(host, isIP(host) === 4 ? "ipv4" : "ipv6");
}
