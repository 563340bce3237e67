import type { HubConnection, IHttpConnectionOptions, IHubProtocol } from '@microsoft/signalr';
import {
  HttpTransportType,
  HubConnectionBuilder,
  JsonHubProtocol,
  LogLevel,
} from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { WebSocket } from 'ws';

/** One way for the official client to talk. */
export interface Way {
  readonly name: string;
  readonly protocol: () => IHubProtocol;
  readonly options: IHttpConnectionOptions;
}

const json = { name: 'json', protocol: () => new JsonHubProtocol() };
const messagePack = { name: 'messagepack', protocol: () => new MessagePackHubProtocol() };
const { WebSockets, ServerSentEvents, LongPolling } = HttpTransportType;

/** Every transport with every protocol that it carries, with and without negotiation. */
export const ways: readonly Way[] = [
  ...[json, messagePack].flatMap(({ name, protocol }) => [
    { name: `WebSockets, ${name}`, protocol, options: { transport: WebSockets } },
    {
      name: `WebSockets without negotiation, ${name}`,
      protocol,
      options: { transport: WebSockets, skipNegotiation: true },
    },
    { name: `Long Polling, ${name}`, protocol, options: { transport: LongPolling } },
    { name: `whatever the server likes best, ${name}`, protocol, options: {} },
  ]),
  { ...json, name: 'Server-Sent Events, json', options: { transport: ServerSentEvents } },
];

/** A client that is not started. It reconnects at once, twice. */
export function clientOf(hub: string, way: Way, more: IHttpConnectionOptions = {}): HubConnection {
  return new HubConnectionBuilder()
    .withUrl(hub, { accessTokenFactory: () => 'token-a', ...way.options, ...more })
    .withHubProtocol(way.protocol())
    .withAutomaticReconnect([0, 0])
    .configureLogging(LogLevel.None)
    .build();
}

type WebSocketArguments = ConstructorParameters<typeof WebSocket>;

export interface CuttableWebSockets {
  readonly WebSocket: new (...args: WebSocketArguments) => WebSocket;
  cut(): void;
}

/** A WebSocket class whose sockets a test can cut, for the client's options. */
export function cuttableWebSockets(): CuttableWebSockets {
  const sockets: WebSocket[] = [];
  class Cuttable extends WebSocket {
    constructor(...args: WebSocketArguments) {
      super(...args);
      sockets.push(this);
    }
  }
  return { WebSocket: Cuttable, cut: () => sockets.at(-1)?.terminate() };
}

/** Takes all items of a stream. */
export function itemsOf(connection: HubConnection, method: string, ...args: unknown[]) {
  return new Promise<unknown[]>((resolve, reject) => {
    const items: unknown[] = [];
    connection.stream(method, ...args).subscribe({
      next: (item: unknown) => items.push(item),
      complete: () => resolve(items),
      error: reject,
    });
  });
}
