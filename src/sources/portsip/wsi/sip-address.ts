/** A SIP URI or a plain number, taken apart. */
export interface SipAddress {
  /** The user part: an extension's or caller's number; '' when there is none. */
  readonly number: string;
  /** The host without port; '' for a plain number. */
  readonly domain: string;
}

const URI = /(?:sips?|tel):(?<address>[^>;?\s]*)/iu;

/**
 * Reads `sip:101@acme.example:5060;transport=tls`, `"Ann" <sip:101@acme.example>`,
 * `101@acme.example` or `101`. Takes any text.
 */
export function parseSipAddress(text: string): SipAddress {
  const address = URI.exec(text)?.groups?.['address'] ?? text.trim();
  const at = address.lastIndexOf('@');
  if (at < 0) return { number: address, domain: '' };
  const host = address.slice(at + 1);
  return { number: address.slice(0, at), domain: withoutPort(host).toLowerCase() };
}

function withoutPort(host: string): string {
  return host.replace(/:\d*$/u, '');
}
