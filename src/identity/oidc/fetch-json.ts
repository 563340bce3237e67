import { boundedFetch } from './bounded-fetch.js';

/**
 * Gets a JSON document of an issuer.
 * @throws Error with the reason, for logs
 */
export async function fetchJson(url: string): Promise<unknown> {
  const response = await boundedFetch(url, { headers: { accept: 'application/json' } });
  if (response.status !== 200) throw new Error(`it answered ${String(response.status)}`);
  return parse(await response.text());
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error('its answer is no JSON', { cause: error });
  }
}
