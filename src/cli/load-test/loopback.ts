import { isIP } from 'node:net';

/**
 * Whether the host of a URL is this machine, by its name alone: whatever a name server says of
 * another name may change.
 */
export function isLoopback({ hostname }: Pick<URL, 'hostname'>): boolean {
  if (hostname === 'localhost' || hostname === '[::1]') return true;
  return isIP(hostname) === 4 && hostname.startsWith('127.');
}
