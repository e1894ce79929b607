import { after, before } from "node:test";
import { startSandbox } from "../../../sandbox/sandbox.ts";
import type { Sandbox, SandboxOptions } from "../../../sandbox/sandbox.ts";

/** Starts one sandbox for the tests of a file, and ends it after them. */
export function useSandbox(options: SandboxOptions = {}): () => Sandbox {
  let sandbox: Sandbox | undefined;
  before(async () => {
    sandbox = await startSandbox(options);
  });
  after(async () => {
    await sandbox?.close();
  });
  return () => {
    if (sandbox === undefined) throw new Error("The sandbox runs only while tests do.");
    return sandbox;
  };
}

/** An answer, read to its end. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; undefined where it is none. */
  json: unknown;
}

async function ask(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A call to Spaaza with the privileged token, or with other headers where given. */
export function askSpaaza(
  { spaaza }: Sandbox,
  path: string,
  { method = "GET", headers, body }: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<Reply> {
  const { tokenId, tokenSecret } = spaaza.privileged;
  return ask(`${spaaza.endpoint}${path}`, {
    method,
    headers: headers ?? { authorization: `Bearer ${tokenId}:${tokenSecret}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** A call to TextReveal with the ready-made token, or with another one where given. */
export function askTextReveal(
  { textReveal }: Sandbox,
  path: string,
  {
    method = "GET",
    token = textReveal.accessToken.token,
    body,
  }: { method?: string; token?: string; body?: unknown } = {},
): Promise<Reply> {
  return ask(`${textReveal.endpoint}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** A call to TextReveal's login with the grant as documented, changed where told. */
export function askForToken({ textReveal }: Sandbox, changes: Record<string, unknown> = {}): Promise<Reply> {
  const grant = {
    grant_type: "password",
    username: textReveal.apiKey.key,
    password: textReveal.apiKey.secret,
    audience: "https://api.textreveal.com/",
    client_id: "2vlZbytm6YvS48bl0lH3Dcjxq87iXX4w",
  };
  return ask(textReveal.loginEndpoint, { method: "POST", body: JSON.stringify({ ...grant, ...changes }) });
}

/** What lies behind a link. */
export function askStore(url: string, headers: Record<string, string> = {}): Promise<Reply> {
  return ask(url, { headers });
}

/** The links in an answer of either service; fails where it holds none. */
export function linksOf({ json, status }: Reply): string[] {
  const links = Array.isArray(json) ? json : [fieldOf(json, "url")];
  if (status !== 200 || links.length === 0 || !links.every((link) => typeof link === "string")) {
    throw new Error(`There are no links in an answer of status ${status}.`);
  }
  return links;
}

export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
