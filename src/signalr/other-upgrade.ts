import { Buffer } from 'node:buffer';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Headers of the upgrade, which `Connection` names as well. */
const OF_UPGRADE = new Set(['upgrade', 'http2-settings']);

/** Whether a request with `Upgrade` asks for a WebSocket. */
export function asksForWebSocket({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return (headers.upgrade ?? '')
    .toLowerCase()
    .split(/\s*,\s*/)
    .includes('websocket');
}

/**
 * Has a request served as if it asked for no upgrade. A server may ignore the header (RFC 9110,
 * section 7.8), and has to for `h2c`, which Java's HttpClient sends with each first request; but Node
 * takes every such request out of the HTTP parser as soon as anybody listens for WebSockets.
 * @param head what came behind the request's headers
 */
export function serveWithoutUpgrade(
  server: Server,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  // Node reads headers as latin1, so that is how their bytes come back.
  const headers = Buffer.from(headersWithoutUpgrade(request), 'latin1');
  socket.unshift(Buffer.concat([headers, head]));
  server.emit('connection', socket);
}

function headersWithoutUpgrade({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = [`${method ?? ''} ${url ?? ''} HTTP/${httpVersion}`];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    if (OF_UPGRADE.has(name.toLowerCase())) continue;
    lines.push(`${name}: ${name.toLowerCase() === 'connection' ? otherOptions(value) : value}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** What `Connection` says besides, such as `close`. */
function otherOptions(connection: string): string {
  const options = connection.split(',').map((option) => option.trim());
  return options.filter((option) => !OF_UPGRADE.has(option.toLowerCase())).join(', ');
}
