/** The response of a handler. The server writes it to the socket. */
export interface Answer {
  status: number;
  contentType: string;
  body: string;
  headers?: Record<string, string>;
}

export function json(status: number, value: unknown, headers?: Record<string, string>): Answer {
  return { status, contentType: "application/json", body: JSON.stringify(value), ...(headers && { headers }) };
}

export function plainText(status: number, body: string, headers?: Record<string, string>): Answer {
  return { status, contentType: "text/plain; charset=utf-8", body, ...(headers && { headers }) };
}

export function html(status: number, text: string): Answer {
  const body = `<!DOCTYPE html><html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>`;
  return { status, contentType: "text/html; charset=utf-8", body };
}

/** A body that claims to be JSON but is incomplete or isn't JSON. */
export function brokenJson(body: string): Answer {
  return { status: 200, contentType: "application/json", body };
}
