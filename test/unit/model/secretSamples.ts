import fc from "fast-check";

const uuid = "550e8400-e29b-41d4-a716-446655440000";
export const planted = "Zq7PLANTED9x";
const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx${planted}.s1gnat-ure_`;

/** Texts that carry a secret in a form by which it can be known; `planted` must not survive. */
export const carriers = [
  `https://store.example/c/${planted}/a.csv?sv=1&sig=abc`,
  `https://store.example/c/a.csv?sv=1&sig=${planted}&se=2`,
  `https://user:${planted}@proxy.example:8080/`,
  `http://user:pa/${planted}@proxy.example`,
  `http://${planted}:pa#ss@proxy.example`,
  `https:\\/\\/store.example\\/a.csv?se=1\\u0026sig=${planted}`,
  `next=https%3A%2F%2Fstore.example%2Fa%3Fsig%3D${planted}`,
  `next=https%253A%252F%252Fstore.example%252Fa%253Fsig%253D${planted}`,
  `file:///a.csv?${planted}`,
  `/c/a.csv?sv=1&sig=${planted}`,
  `/c/a.csv?sv=1&amp;sig=${planted}`,
  `X-Amz-Signature=${planted}`,
  `X-Amz-Credential=${planted}%2F20260101`,
  `x-amz-security-token: ${planted}`,
  `X-Goog-Signature=${planted}`,
  `Signature=${planted}&Policy=${planted}&Key-Pair-Id=${planted}`,
  `a%26sig%3D${planted}%26b`,
  `a%2526sig%253D${planted}`,
  `Authorization: Bearer ${uuid}:${planted}`,
  `Authorization: Digest username="u", response="${planted}"`,
  `authorization=${planted}`,
  `{"Authorization":"Bearer ${planted}"}`,
  `["authorization", "x ${planted}"]`,
  `\\"Authorization\\":\\"Bearer ${planted}\\"`,
  `Cookie: a=b; session=${planted}`,
  `Set-Cookie: session=${planted}; Path=/`,
  `X-Spaaza-Session-Key: ${planted}`,
  `'x-spaaza-session-user-id': '${planted}'`,
  `[ 'X-Spaaza-Session-Chain-Id', '${planted}' ]`,
  `Bearer ${planted}`,
  `bearer%20${planted}`,
  `Basic ${Buffer.from(`id:${planted}`).toString("base64")}`,
  `${uuid}:${planted}`,
  `${uuid}%3A${planted}`,
  jwt,
  `{"token":"${planted}"}`,
  `{"tokenSecret" : "a\\"b${planted}"}`,
  `{\\"secret\\":\\"a\\\\\\"${planted}\\"}`,
  `{"key":"${planted}","n":1}`,
  `{"password":"${planted}"}`,
  `{"access_token":"${planted}"}`,
  `{"sessionKey":"${planted}"}`,
  `{"my_api-key":"${planted}"}`,
  `{"tokens":["a","${planted}"]}`,
  `%22token%22%3A%22${planted}%22`,
  `{ secret: '${planted}' }`,
  `Map(1) { 'apiKey' => '${planted}' }`,
  `client_secret=${planted};x`,
  `password: ${planted}`,
];

export const ordinary = [
  "Transactions_Export-12345.csv",
  "Task 12345 is not finished yet.",
  uuid,
  `Task ${uuid}: completed`,
  "2026-02-03T10:20:30.123Z",
  "12:30:45 100% 1,234 KiB/s",
  "C:\\Users\\me\\exports\\a (2).csv",
  "/home/me/exports/a.csv",
  "file:///home/me/a.csv",
  "https://services-prod.spaaza.com",
  "https://[::1]:8080/",
  "name=value&index=3",
  "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  'key: customer_id, columns ["key","date"]',
  "The access token has ended. Replace the credentials.",
  "Basic authentication, bearer token",
  '{"id":7,"token":null,"url":null}',
  "näme 漢字 👩‍👩‍👧 a=b; c:d",
] as const;

export const separators = [" ", "\n", ", ", " (", "\t"] as const;
export const noise = fc.oneof(fc.constantFrom(...ordinary, ...carriers), fc.string(), fc.string({ unit: "binary" }));
/** Long enough not to be part of the noise by chance. */
export const secret = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_~.+/=:-]{8,40}$/),
  fc.string({ minLength: 8, maxLength: 24 }),
  fc.string({ unit: "grapheme", minLength: 8, maxLength: 16 }),
);
