import type { IncomingMessage } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';

/**
 * Tells where requests come from that Fastify does not see, such as upgrades, by the rule by which
 * it tells of the others: X-Forwarded-For counts as far as trusted proxies wrote it.
 * @param trustedProxies IP addresses and networks; without them it is who holds the socket
 */
export function clientAddress(
  trustedProxies: readonly string[],
): (request: IncomingMessage) => string {
  if (trustedProxies.length === 0) return ({ socket }) => socket.remoteAddress ?? '';
  const isTrusted = proxyAddress.compile([...trustedProxies]);
  return (request) => proxyAddress(request, isTrusted);
}
