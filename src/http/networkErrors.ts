import { t } from "@vscode/l10n";
import { cancelled, type ErrorDetails, ExportError } from "../model/exportError.ts";
import { defined } from "../model/defined.ts";
import { systemCode } from "../model/systemCode.ts";

/** How far a request got before it failed. */
export interface RequestPhase {
  /** Host and port, without path or query. */
  readonly host: string;
  /** Whether it went through a proxy. */
  readonly viaProxy: boolean;
  /** Whether there was a connection to send it on. */
  readonly connected: boolean;
  /** Whether the response headers had arrived. */
  readonly answered: boolean;
}

/** The parts of another library's error that may be kept: its code, and its text without URLs. */
class NetworkCause extends Error {
  readonly code: string | undefined;

  constructor(code: string | undefined, text: string) {
    super(text);
    this.name = "NetworkCause";
    this.code = code;
  }
}

const wrongNameCodes = new Set(["ERR_TLS_CERT_ALTNAME_INVALID", "HOSTNAME_MISMATCH"]);
const wrongTimeCodes = new Set(["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"]);
const tlsCodes =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|ERROR_IN_CERT|EPROTO$|UND_ERR_PRX_TLS$)/;
const lookupCodes = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "EAI_NONAME", "ENODATA"]);
const timeoutCodes = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "ETIMEDOUT",
]);
const closedCodes = new Set(["UND_ERR_DESTROYED", "UND_ERR_CLOSED"]);

/**
 * The error for a request that failed in undici or Node. This is the only place that reads their codes. Never contains
 * more of the URL than its host.
 */
export function fromNetwork(error: unknown, phase: RequestPhase): ExportError {
  if (error instanceof ExportError) return error;
  const code = codeOf(error);
  const cause = safeCause(error, code);
  const text = error instanceof Error ? error.message : "";
  if (code !== undefined && closedCodes.has(code)) return cancelled(cause);
  if (code === "UND_ERR_INVALID_ARG") return requestNotSendable(phase.host, cause);
  if (code !== undefined && tlsCodes.test(code)) return connectionNotTrusted(phase.host, code, cause);
  if (phase.viaProxy && !phase.connected) return proxyFailed(phase.host, proxyStatus(text), cause);
  if (code !== undefined && timeoutCodes.has(code)) {
    return phase.connected ? silentConnection(phase.host, cause) : connectTimedOut(phase.host, cause);
  }
  if (code !== undefined && lookupCodes.has(code)) return hostNotFound(phase.host, cause);
  // undici reports an unreadable body and a lost connection in the same way, so after the headers it counts as the latter.
  if (isParserError(error) && !phase.answered) return notAnHttpAnswer(phase.host, cause);
  return phase.connected ? connectionBroke(phase.host, cause) : noConnection(phase.host, cause);
}

/**
 * The error for a failed connection to a proxy, or a failed attempt to open a tunnel through it. Not for failures
 * inside the tunnel.
 */
export function fromProxy(error: unknown): unknown {
  const code = codeOf(error);
  if (code !== undefined && tlsCodes.test(code)) return proxyNotTrusted(safeCause(error, code));
  // After a socket error here, undici would reconnect without pause or end.
  return code === "UND_ERR_SOCKET" ? new Error("The proxy ended the connection.") : error;
}

/** Whether a new connection may help: the old one failed, was lost, or stopped sending data. */
export function isConnectionFailure(error: unknown): boolean {
  return error instanceof ExportError && (error.code === "offline" || error.code === "timeout");
}

/** Connecting took too long. */
export function connectTimedOut(host: string, cause?: Error): ExportError {
  const message = t(
    "Connecting to {0} timed out. Check your network connection, or increase taskExports.network.connectTimeoutSeconds.",
    host,
  );
  return failure("timeout", message, { host }, cause);
}

/** No byte arrived within the stall timeout. */
export function silentConnection(host: string, cause?: Error): ExportError {
  const message = t("{0} stopped sending data. Try again, or increase taskExports.network.stallTimeoutSeconds.", host);
  return failure("timeout", message, { host, maybeReceived: true }, cause);
}

/** The response arrives too slowly to be waited for. */
export function slowResponse(host: string): ExportError {
  return failure(
    "timeout",
    t("{0} is taking too long to respond. Try again later.", host),
    { host, maybeReceived: true },
    undefined,
  );
}

/** The proxy did not respond in time. */
export function proxyTimedOut(host: string): ExportError {
  return proxyFailed(host, undefined, undefined);
}

/** The proxy address is not a URL, or not that of an HTTP proxy. */
export function proxyNotUsable(): ExportError {
  const message = t(
    "The proxy address is not the address of an HTTP proxy. Check the http.proxy setting, or the HTTPS_PROXY environment variable.",
  );
  return failure("proxy", message, {}, undefined);
}

/** The user name, password or header for the proxy contains characters that a header can't contain. */
export function proxyAuthorizationNotSendable(): ExportError {
  const message = t(
    "The proxy authorization contains characters that aren't allowed. Check the http.proxyAuthorization setting.",
  );
  return failure("proxy", message, {}, undefined);
}

/** The certificate file from the settings is missing or can't be read. */
export function caFileNotReadable(path: string, cause: unknown): ExportError {
  const message = t("Couldn't read the certificate file {0}. Check the taskExports.network.caFile setting.", path);
  return new ExportError("tls", message, { details: { path }, cause });
}

/** The file is not a PEM file, or one of its certificates is damaged. */
export function caFileWithoutCertificates(path: string, cause?: unknown): ExportError {
  const message = t(
    "The file {0} is not a valid PEM certificate file. Check the taskExports.network.caFile setting.",
    path,
  );
  return new ExportError("tls", message, { details: { path }, cause });
}

/** Not a URL, or neither http nor https. */
export function addressNotUsable(): ExportError {
  return failure(
    "invalidRequest",
    t("The address is not a valid URL. Check the base URL of the account."),
    {},
    undefined,
  );
}

function requestNotSendable(host: string, cause: Error): ExportError {
  const message = t(
    "Couldn't send the request to {0} because it contains characters that aren't allowed. Check the credentials and the base URL of the account.",
    host,
  );
  return failure("invalidRequest", message, { host }, cause);
}

function connectionNotTrusted(host: string, code: string, cause: Error): ExportError {
  return failure("tls", untrustedMessage(host, code), { host }, cause);
}

function untrustedMessage(host: string, code: string): string {
  if (wrongNameCodes.has(code)) {
    return t("The certificate received from {0} belongs to another host. Check the base URL and your network.", host);
  }
  if (wrongTimeCodes.has(code)) {
    return t(
      "The certificate of {0} has expired or is not valid yet. Check the date of this computer. If the date is correct, ask the operator of the host to renew the certificate.",
      host,
    );
  }
  return t(
    "Couldn't make a secure connection to {0} because its certificate or encryption isn't trusted. If your network has its own certificate authority, set taskExports.network.caFile to its certificate file.",
    host,
  );
}

function proxyNotTrusted(cause: Error): ExportError {
  const message = t(
    "Couldn't make a secure connection to the proxy because its certificate or encryption isn't trusted. Check the http.proxy setting. If your network has its own certificate authority, set taskExports.network.caFile to its certificate file.",
  );
  return failure("tls", message, {}, cause);
}

function proxyFailed(host: string, status: number | undefined, cause: Error | undefined): ExportError {
  const details = status === undefined ? { host } : { host, status };
  if (status === 407) {
    const message = t(
      "The proxy requires a valid username and password. Check the http.proxy and http.proxyAuthorization settings.",
    );
    return failure("proxy", message, details, cause);
  }
  const message =
    status === undefined
      ? t(
          "Couldn't reach {0} through the proxy. Check the http.proxy setting, or the HTTPS_PROXY environment variable.",
          host,
        )
      : t(
          "The proxy refused to connect to {0} (status {1}). Check the http.proxy setting, or the HTTPS_PROXY environment variable.",
          host,
          status,
        );
  return failure("proxy", message, details, cause);
}

function hostNotFound(host: string, cause: Error): ExportError {
  const message = t("Couldn't find the host {0}. Check your network connection and the base URL.", host);
  return failure("offline", message, { host }, cause);
}

function noConnection(host: string, cause: Error): ExportError {
  const message = t("Couldn't connect to {0}. Check your network connection and try again.", host);
  return failure("offline", message, { host }, cause);
}

function connectionBroke(host: string, cause: Error): ExportError {
  const message = t("The connection to {0} was lost. Check your network connection and try again.", host);
  return failure("offline", message, { host, maybeReceived: true }, cause);
}

function notAnHttpAnswer(host: string, cause: Error): ExportError {
  const message = t("The response from {0} is not HTTP. Check the base URL.", host);
  return failure("unexpectedResponse", message, { host }, cause);
}

function failure(
  code: ExportError["code"],
  message: string,
  details: ErrorDetails,
  cause: Error | undefined,
): ExportError {
  return new ExportError(code, message, { details, ...defined({ cause }) });
}

/** undici's parser errors have no code. */
function isParserError(error: unknown): boolean {
  return error instanceof Error && (error.name === "HTTPParserError" || codeOf(error) === "UND_ERR_HEADERS_OVERFLOW");
}

/** If several addresses of a host were tried, the first one's code counts. */
function codeOf(error: unknown): string | undefined {
  return systemCode(error) ?? (error instanceof AggregateError ? codeOf(error.errors[0]) : undefined);
}

/** undici reports the status of a refused tunnel only in its text. */
function proxyStatus(text: string): number | undefined {
  const status = /^Proxy response \((\d{3})\)/.exec(text)?.[1];
  return status === undefined ? undefined : Number(status);
}

function safeCause(error: unknown, code: string | undefined): Error {
  const text = error instanceof Error ? error.message : "";
  const withoutAddresses = text.replaceAll(/\S*:\/\/\S*/g, "…").replaceAll(/\?\S+/g, "…");
  return new NetworkCause(code, withoutAddresses.slice(0, 200));
}
