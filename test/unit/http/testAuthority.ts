import { createCA, createCert } from "mkcert";

/** A key and a certificate, both as PEM. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority of a company that only a test knows. */
export interface TestAuthority {
  /** Its own certificate. */
  readonly cert: string;
  /** @param days how long the certificate is valid from now; below zero it has expired. */
  issue(hosts: readonly string[], days?: number): Promise<KeyPair>;
}

/** Takes some tenths of a second, as does each certificate that it issues. */
export async function createTestAuthority(): Promise<TestAuthority> {
  const place = { countryCode: "NL", state: "Test", locality: "Test" };
  const ca = await createCA({ organization: "Task Exports test authority", ...place, validity: 10 });
  return {
    cert: ca.cert,
    issue: (hosts, days = 5) => createCert({ domains: [...hosts], validity: days, ca }),
  };
}
