import {
  type HubConnection,
  HubConnectionBuilder,
  HubConnectionState,
  type HttpTransportType,
  LogLevel,
} from '@microsoft/signalr';
import type { Environment } from './environment.js';
import { ConnectError, textOf, type Failure } from './failures.js';
import { HubHttpClient } from './hub-http-client.js';
import { within } from './within.js';

/** From negotiation to handshake; a WebSocket has no limit of its own. */
const CONNECT_MS = 30_000;

/** One SignalR connection, from its start to its end. */
export interface HubLink {
  /**
   * Calls a method of the hub.
   * @throws Error with the hub's words, or when the connection ends before the answer
   */
  invoke(method: string, ...args: readonly unknown[]): Promise<unknown>;
  /** Whether the connection is up. */
  readonly isUp: boolean;
  /** Resolves with the reason when the connection has ended. */
  readonly ended: Promise<Failure>;
  /** Ends it. */
  close(): Promise<void>;
}

/** What a connection needs. */
export interface HubLinkOptions {
  /** http(s) URL of the hub, with its query. */
  readonly url: string;
  /** A valid token, asked for at each request. */
  readonly token: () => Promise<string>;
  /** Undefined lets both sides choose the best one. */
  readonly transport: HttpTransportType | undefined;
  readonly fetch: Environment['fetch'];
  /** Epoch ms. */
  readonly now: () => number;
  readonly after: Environment['after'];
  /** Each MessageReceived, as it came. */
  readonly onMessage: (message: unknown) => void;
  readonly signal: AbortSignal;
}

/** Connects. @throws ConnectError */
export type OpenHubLink = (options: HubLinkOptions) => Promise<HubLink>;

/**
 * Connects with Microsoft's client. It does not reconnect: each connection gets a token and a URL of
 * its own, as the RTE wants it.
 * @throws ConnectError
 */
export async function openHubLink(options: HubLinkOptions): Promise<HubLink> {
  const http = new HubHttpClient(options);
  const connection = buildConnection(options, http);
  const ended = new Promise<Failure>((resolve) => {
    connection.onclose((error) => resolve(endedBy(error)));
  });
  connection.on('MessageReceived', options.onMessage);
  try {
    await start(connection, options);
  } catch (error) {
    throw new ConnectError(refusedBy(http.failure, error), { cause: error });
  }
  return {
    invoke: (method, ...args) => connection.invoke<unknown>(method, ...args),
    get isUp() {
      return connection.state === HubConnectionState.Connected;
    },
    ended,
    close: () => connection.stop(),
  };
}

function buildConnection({ url, token, transport }: HubLinkOptions, httpClient: HubHttpClient) {
  return (
    new HubConnectionBuilder()
      .withUrl(url, {
        accessTokenFactory: token,
        httpClient,
        ...(transport === undefined ? {} : { transport }),
      })
      // Its log has the URLs of WebSockets, and with them tokens; what matters is in the status.
      .configureLogging(LogLevel.None)
      .build()
  );
}

async function start(connection: HubConnection, options: HubLinkOptions): Promise<void> {
  await within(CONNECT_MS, options, async (signal) => {
    const started = connection.start();
    signal.addEventListener('abort', () => {
      // What is still under way ends by itself; nobody waits for it any more.
      started.then(() => connection.stop()).catch(() => undefined);
    });
    await started;
  });
}

/** The hub gave the token a moment ago: not to know it now says nothing about the credentials. */
function refusedBy(answered: Failure | undefined, error: unknown): Failure {
  if (answered === undefined) {
    return { kind: 'passing', reason: 'hub-unreachable', detail: textOf(error) };
  }
  if (answered.reason !== 'unauthorized') return answered;
  return { kind: 'passing', reason: 'token-refused', detail: answered.detail };
}

/** Microsoft's client says so when the hub sent a Close with an error. */
const CLOSED_BY_HUB = 'Server returned an error on close';

function endedBy(error: Error | undefined): Failure {
  // A request got no new token.
  if (error instanceof ConnectError) return error.failure;
  const isLost = error !== undefined && !error.message.startsWith(CLOSED_BY_HUB);
  const reason = isLost ? 'connection-lost' : 'hub-closed';
  return { kind: 'passing', reason, detail: error?.message ?? '' };
}
