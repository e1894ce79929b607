import { X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import tls from "node:tls";
import { caFileNotReadable, caFileWithoutCertificates } from "./networkErrors.ts";

/** Which certificates are trusted in addition to those that Node trusts. */
export interface TrustSettings {
  /** Path of a PEM file, or empty. */
  readonly caFile: string;
  /** Whether to trust the operating system's store. */
  readonly systemStore: boolean;
}

/** Provides the certificates to trust, and reads a file again after it changed. */
export interface CertificateStore {
  /**
   * Node's own list, including `NODE_EXTRA_CA_CERTS`, and what the settings add. Returns the same array while nothing
   * changes, so that connections can be reused.
   *
   * @returns undefined if the settings add nothing and Node's defaults are enough.
   * @throws ExportError `tls` if the file can't be read or does not contain certificates.
   */
  trusted(settings: TrustSettings): readonly string[] | undefined;
}

/** Far more than any list of authorities needs, so that a wrong file is not read to its end. */
const maxFileBytes = 16 * 1024 * 1024;

/** @returns a store that reads files only when asked, and the system's certificates only once. */
export function createCertificateStore(): CertificateStore {
  let system: readonly string[] | undefined;
  let state: string | undefined;
  let known: readonly string[] | undefined;
  return {
    trusted({ caFile, systemStore }) {
      const current = `${systemStore} ${caFile === "" ? "" : stateOf(caFile)}`;
      if (current === state) return known;
      const ofSystem = systemStore ? (system ??= certificatesOf("system")) : [];
      known = added(ofSystem, caFile === "" ? [] : readCertificates(caFile));
      state = current;
      return known;
    },
  };
}

/** Some builds of Node lack one of the stores. Then fewer certificates are trusted, and the setting can name a file. */
function certificatesOf(store: "default" | "system"): readonly string[] {
  try {
    return tls.getCACertificates(store);
  } catch {
    return store === "default" ? tls.rootCertificates : [];
  }
}

/** Node's list plus the others, or undefined if they add nothing. */
function added(...others: readonly (readonly string[])[]): readonly string[] | undefined {
  const defaults = certificatesOf("default");
  // Stores differ in their line ends.
  const own = new Set(defaults.map((certificate) => certificate.trim()));
  const more = [...new Set(others.flat().map((certificate) => certificate.trim()))].filter((text) => !own.has(text));
  return more.length === 0 ? undefined : [...own, ...more];
}

/** A text that changes when the file changes. */
function stateOf(caFile: string): string {
  return orNotReadable(caFile, () => {
    const status = statSync(caFile);
    if (!status.isFile()) throw new Error("It is not a file.");
    if (status.size > maxFileBytes) throw new Error("It is too long.");
    return `${status.mtimeMs} ${status.size} ${caFile}`;
  });
}

function readCertificates(caFile: string): readonly string[] {
  const text = orNotReadable(caFile, () => readFileSync(caFile, "latin1"));
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  const begun = text.split("-----BEGIN CERTIFICATE-----").length - 1;
  if (certificates.length === 0 || certificates.length < begun) throw caFileWithoutCertificates(caFile);
  try {
    for (const certificate of certificates) new X509Certificate(certificate);
  } catch (error) {
    throw caFileWithoutCertificates(caFile, error);
  }
  return certificates;
}

function orNotReadable<Result>(caFile: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw caFileNotReadable(caFile, error);
  }
}
