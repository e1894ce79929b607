import { BlockList, isIPv4 } from "node:net";
import { t } from "@vscode/l10n";
import { ExportError } from "./exportError.ts";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Every IPv4 range outside the public internet: private, shared, link-local, documentation, multicast, reserved. */
const notPublic = new BlockList();
for (const [address, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  notPublic.addSubnet(address, bits, "ipv4");
}
/** Inside the public range of IPv6, but not public: documentation, and tunnels whose far end can be any IPv4 address. */
for (const [address, bits] of [
  // IETF protocol assignments, with Teredo and ORCHID.
  ["2001::", 23],
  ["2001:db8::", 32],
  // 6to4
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  notPublic.addSubnet(address, bits, "ipv6");
}

/** All of IPv6 that is assigned for the public internet, and IPv4 addresses written as IPv6. */
const publicRanges = new BlockList();
publicRanges.addSubnet("2000::", 3, "ipv6");
publicRanges.addSubnet("::ffff:0:0", 96, "ipv6");

/**
 * Last labels that are never public: reserved by RFC 2606, 6761, 6762, 7686, 8375, 9476 or ICANN, or held back because
 * networks use them for themselves (`.corp`, `.home`, `.mail`), and those of Kubernetes and Consul.
 */
const privateNames =
  /(^|\.)(localhost|local|localdomain|internal|intranet|private|corp|home|mail|lan|svc|consul|invalid|test|onion|alt|arpa)$/;

/**
 * Whether a host is this machine itself.
 *
 * @param host as in `URL.hostname`: lower case, IPv6 in brackets, IPv4 in four decimal parts.
 */
export function isLoopbackHost(host: string): boolean {
  const name = bare(host);
  return name === "localhost" || name.endsWith(".localhost") || isIn(loopback, name);
}

/**
 * Whether a host is this machine or can be reached only from its own network. Decided by the address, or by names
 * that are never public. Names are not looked up, so a public name can still have a private address.
 *
 * @param host as in `URL.hostname`.
 */
export function isPrivateHost(host: string): boolean {
  const name = bare(host);
  if (name.includes(":")) return !publicRanges.check(name, "ipv6") || isIn(notPublic, name);
  if (isIPv4(name)) return isIn(notPublic, name);
  return !name.includes(".") || privateNames.test(name);
}

/** Whether data and credentials may be sent to a URL: encrypted, or without leaving this machine. */
export function isSafeTransport(url: URL): boolean {
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopbackHost(url.hostname));
}

/**
 * Checks a base URL from a person or another extension before credentials are sent to it.
 *
 * @returns the URL to store: no slash at the end, no query.
 * @throws ExportError `invalidRequest` if it is not a URL, is not `https:` (or `http:` on this machine), or contains
 * a user name.
 */
export function requireSafeEndpoint(text: string): string {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) throw notAnEndpoint();
  const url = new URL(trimmed);
  if (!isSafeTransport(url)) throw unsafeEndpoint();
  if (url.username !== "" || url.password !== "") throw endpointWithCredentials();
  return url.origin + url.pathname.replace(/\/+$/, "");
}

/** Without the brackets of an IPv6 address and without a dot at the end of a name. */
function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}

/** A mapped IPv4 address also matches the IPv4 rules. */
function isIn(list: BlockList, name: string): boolean {
  return name.includes(":") ? list.check(name, "ipv6") : isIPv4(name) && list.check(name, "ipv4");
}

function notAnEndpoint(): ExportError {
  return new ExportError(
    "invalidRequest",
    t("The base URL is not a valid URL. Enter a URL such as {0}.", "https://services.example.com"),
  );
}

function unsafeEndpoint(): ExportError {
  return new ExportError(
    "invalidRequest",
    t(
      "The base URL must start with https:// because credentials are sent to it. Only an address of this computer can start with http://.",
    ),
  );
}

function endpointWithCredentials(): ExportError {
  return new ExportError(
    "invalidRequest",
    t("The base URL can't contain a username or password. Enter the credentials separately."),
  );
}
