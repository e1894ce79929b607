/**
 * A process of its own, because Node reads NODE_EXTRA_CA_CERTS and the system's store once in a process. Asks for the
 * address that it is given and tells the text or the error's code.
 *
 * Arguments: address, file of certificates or "", and "system" where the system's store counts.
 */
import { createCertificateStore } from "../../../src/http/certificates.ts";
import { createHttpClient } from "../../../src/http/undiciClient.ts";

const [url = "", caFile = "", system] = process.argv.slice(2);
const certificates = createCertificateStore();
const http = createHttpClient(() => ({
  // Several of these start at once, and each reads all certificates of the system before it connects.
  connectTimeoutMs: 60_000,
  stallTimeoutMs: 60_000,
  get ca() {
    return certificates.trusted({ caFile, systemStore: system === "system" });
  },
}));
try {
  const { body } = await http.send({ url, signal: new AbortController().signal });
  process.stdout.write(Buffer.concat((await body.toArray()) as Buffer[]).toString());
} catch (error) {
  process.stdout.write(error instanceof Error && "code" in error ? String(error.code) : String(error));
}
await http.close();
