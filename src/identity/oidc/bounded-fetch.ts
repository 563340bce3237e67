/** Somebody waits for a login, so the issuer answers soon or not at all. */
const TIMEOUT_MS = 3000;

/** Key sets of large issuers have some ten kilobytes. */
const MAX_BYTES = 256 * 1024;

/**
 * Asks an issuer. Redirects are not followed: what an issuer has is where it says.
 * @returns the answer with its whole body
 * @throws Error with the reason, for logs
 */
export async function boundedFetch(url: string, init: RequestInit = {}): Promise<Response> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, { ...init, redirect: 'error', signal });
  const { status, headers } = response;
  if (response.body === null) return new Response(null, { status, headers });
  const chunks: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> = response.body;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > MAX_BYTES) throw new Error(`its answer is larger than ${String(MAX_BYTES)} bytes`);
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks), { status, headers });
}

/** What a failed request says of its failure. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // fetch says what happened in the cause only.
  const { cause } = error;
  return error.message === 'fetch failed' && cause instanceof Error ? cause.message : error.message;
}
