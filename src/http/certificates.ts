import { X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import tls from "node:tls";
import { caFileNotReadable, caFileWithoutCertificates } from "./networkErrors.ts";

/** Which certificates are trusted beside those that Node trusts by itself. */
export interface TrustSettings {
  /** Path of a PEM file; empty where there is none. */
  readonly caFile: string;
  /** Whether the operating system's store counts. */
  readonly systemStore: boolean;
}

/** Knows the certificates to trust, and reads again what has changed. */
export interface CertificateStore {
  /**
   * Node's own list, `NODE_EXTRA_CA_CERTS` included, and what the settings add to it. The same array as long as nothing
   * changed, so that connections can be kept.
   *
   * @returns undefined where the settings add nothing, so that Node's defaults do.
   * @throws ExportError `tls` when the file cannot be read or holds something else.
   */
  trusted(settings: TrustSettings): readonly string[] | undefined;
}

/** Far more than any list of authorities; a wrong file is not read to its end. */
const maxFileBytes = 16 * 1024 * 1024;

/** @returns a store that reads nothing until it is asked, and the system's certificates once. */
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

/** A host may be built without one store or the other: there is less to trust then, and a file can be named instead. */
function certificatesOf(store: "default" | "system"): readonly string[] {
  try {
    return tls.getCACertificates(store);
  } catch {
    return store === "default" ? tls.rootCertificates : [];
  }
}

/** Node's list and what others add to it; undefined where they add nothing. */
function added(...others: readonly (readonly string[])[]): readonly string[] | undefined {
  const defaults = certificatesOf("default");
  // Stores end their lines differently.
  const own = new Set(defaults.map((certificate) => certificate.trim()));
  const more = [...new Set(others.flat().map((certificate) => certificate.trim()))].filter((text) => !own.has(text));
  return more.length === 0 ? undefined : [...own, ...more];
}

/** Changes when the file does. */
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
