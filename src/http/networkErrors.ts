import { t } from "@vscode/l10n";
import { cancelled, type ErrorDetails, ExportError } from "../model/exportError.ts";
import { defined } from "../model/defined.ts";

/** Where a request stood when it failed. */
export interface RequestPhase {
  /** Host and port, without path and query. */
  readonly host: string;
  /** Whether it went through a proxy. */
  readonly viaProxy: boolean;
  /** Whether a connection was there to send it on. */
  readonly connected: boolean;
  /** Whether the headers of the answer had come. */
  readonly answered: boolean;
}

/** What of a foreign error may be kept: its code and a text without addresses. */
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
 * The error for a request that undici or Node gave up: the one place that reads their codes. Never holds more of the
 * address than its host.
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
  // What undici's parser cannot read after the headers is taken for a connection that was cut: it says the same of both.
  if (isParserError(error) && !phase.answered) return notAnHttpAnswer(phase.host, cause);
  return phase.connected ? connectionBroke(phase.host, cause) : noConnection(phase.host, cause);
}

/**
 * The error for a connection to a proxy, or a tunnel through it, that undici or Node gave up; other than what happens
 * within the tunnel later.
 */
export function fromProxy(error: unknown): unknown {
  const code = codeOf(error);
  if (code !== undefined && tlsCodes.test(code)) return proxyNotTrusted(safeCause(error, code));
  // undici takes a socket's error here for a chance to connect once more, and does so without pause or end.
  return code === "UND_ERR_SOCKET" ? new Error("The proxy ended the connection.") : error;
}

/** Whether another try over a new connection may succeed: it broke off, could not be made, or fell silent. */
export function isConnectionFailure(error: unknown): boolean {
  return error instanceof ExportError && (error.code === "offline" || error.code === "timeout");
}

/** A connection was not made in time. */
export function connectTimedOut(host: string, cause?: Error): ExportError {
  const message = t(
    "{0} could not be connected to in time. Check the network connection and the setting taskExports.network.connectTimeoutSeconds.",
    host,
  );
  return failure("timeout", message, { host }, cause);
}

/** No byte came for the longest silence allowed. */
export function silentConnection(host: string, cause?: Error): ExportError {
  const message = t(
    "{0} sent nothing for too long. Try again, or raise the setting taskExports.network.stallTimeoutSeconds.",
    host,
  );
  return failure("timeout", message, { host }, cause);
}

/** The proxy did not answer in time. */
export function proxyTimedOut(host: string): ExportError {
  return proxyFailed(host, undefined, undefined);
}

/** The proxy's address is none, or not one of an HTTP proxy. */
export function proxyNotUsable(): ExportError {
  const message = t(
    "The proxy's address is not one of an HTTP proxy. Check the setting http.proxy, or HTTPS_PROXY in the environment.",
  );
  return failure("proxy", message, {}, undefined);
}

/** User name, password or the header set for the proxy cannot stand in a header. */
export function proxyAuthorizationNotSendable(): ExportError {
  const message = t(
    "What is set to authorize with the proxy holds characters that are not allowed. Check the setting http.proxyAuthorization.",
  );
  return failure("proxy", message, {}, undefined);
}

/** The file with a company's certificates is not there or not open to us. */
export function caFileNotReadable(path: string, cause: unknown): ExportError {
  const message = t("The certificate file {0} could not be read. Check the setting taskExports.network.caFile.", path);
  return new ExportError("tls", message, { details: { path }, cause });
}

/** The file is not what it should be, or a part of it is not. */
export function caFileWithoutCertificates(path: string, cause?: unknown): ExportError {
  const message = t(
    "The file {0} is not a PEM file whose certificates can be read. Check the setting taskExports.network.caFile.",
    path,
  );
  return new ExportError("tls", message, { details: { path }, cause });
}

/** An address that is none, or one that is neither http nor https. */
export function addressNotUsable(): ExportError {
  return failure("invalidRequest", t("The address is not a web address. Check the account's base URL."), {}, undefined);
}

function requestNotSendable(host: string, cause: Error): ExportError {
  const message = t(
    "The request to {0} could not be sent because it holds characters that are not allowed. Check the account's credentials and base URL.",
    host,
  );
  return failure("invalidRequest", message, { host }, cause);
}

function connectionNotTrusted(host: string, code: string, cause: Error): ExportError {
  return failure("tls", untrustedMessage(host, code), { host }, cause);
}

function untrustedMessage(host: string, code: string): string {
  if (wrongNameCodes.has(code)) {
    return t("The certificate that came from {0} belongs to another host. Check the base URL and the network.", host);
  }
  if (wrongTimeCodes.has(code)) {
    return t(
      "The certificate of {0} has expired or is not valid yet. Check the date on this computer; if it is right, whoever runs the host has to renew the certificate.",
      host,
    );
  }
  return t(
    "No secure connection to {0} could be made: its certificate or encryption was not accepted. If your network uses its own certificate authority, name its certificate file in the setting taskExports.network.caFile.",
    host,
  );
}

function proxyNotTrusted(cause: Error): ExportError {
  const message = t(
    "No secure connection to the proxy could be made: its certificate or encryption was not accepted. Check the setting http.proxy; if your network uses its own certificate authority, name its certificate file in the setting taskExports.network.caFile.",
  );
  return failure("tls", message, {}, cause);
}

function proxyFailed(host: string, status: number | undefined, cause: Error | undefined): ExportError {
  const details = status === undefined ? { host } : { host, status };
  if (status === 407) {
    const message = t(
      "The proxy asks for a user name and a password that it accepts. Check the settings http.proxy and http.proxyAuthorization.",
    );
    return failure("proxy", message, details, cause);
  }
  const message =
    status === undefined
      ? t(
          "{0} could not be reached through the proxy. Check the setting http.proxy, or HTTPS_PROXY in the environment.",
          host,
        )
      : t(
          "The proxy refused the connection to {0} with status {1}. Check the setting http.proxy, or HTTPS_PROXY in the environment.",
          host,
          status,
        );
  return failure("proxy", message, details, cause);
}

function hostNotFound(host: string, cause: Error): ExportError {
  const message = t("The address of {0} could not be found. Check the network connection and the base URL.", host);
  return failure("offline", message, { host }, cause);
}

function noConnection(host: string, cause: Error): ExportError {
  const message = t("No connection to {0} could be made. Check the network connection and try again.", host);
  return failure("offline", message, { host }, cause);
}

function connectionBroke(host: string, cause: Error): ExportError {
  const message = t("The connection to {0} broke off. Check the network connection and try again.", host);
  return failure("offline", message, { host }, cause);
}

function notAnHttpAnswer(host: string, cause: Error): ExportError {
  const message = t("{0} answered something that is not HTTP. Check the base URL.", host);
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

/** undici leaves its parser's errors without a code. */
function isParserError(error: unknown): boolean {
  return error instanceof Error && (error.name === "HTTPParserError" || codeOf(error) === "UND_ERR_HEADERS_OVERFLOW");
}

/** Several addresses of one host were tried: what the first said stands for all. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : undefined;
}

/** undici tells the status of a refused tunnel in its text alone. */
function proxyStatus(text: string): number | undefined {
  const status = /^Proxy response \((\d{3})\)/.exec(text)?.[1];
  return status === undefined ? undefined : Number(status);
}

function safeCause(error: unknown, code: string | undefined): Error {
  const text = error instanceof Error ? error.message : "";
  const withoutAddresses = text.replaceAll(/\S*:\/\/\S*/g, "…").replaceAll(/\?\S+/g, "…");
  return new NetworkCause(code, withoutAddresses.slice(0, 200));
}
