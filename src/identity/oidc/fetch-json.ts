/** Somebody waits for a login, so the issuer's documents come soon or not at all. */
const TIMEOUT_MS = 3000;

/** Key sets of large issuers have some ten kilobytes. */
const MAX_BYTES = 256 * 1024;

/**
 * Gets a JSON document. Redirects are not followed: what an issuer publishes is where it says.
 * @throws Error with the reason, for logs
 */
export async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, {
    redirect: 'error',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw new Error(`it answered ${String(response.status)}`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> = response.body;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > MAX_BYTES) throw new Error(`its answer is larger than ${String(MAX_BYTES)} bytes`);
    chunks.push(chunk);
  }
  return parse(Buffer.concat(chunks).toString('utf8'));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error('its answer is no JSON', { cause: error });
  }
}
