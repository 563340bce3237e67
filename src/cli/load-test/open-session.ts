import { z } from 'zod';
import type { TransportName } from '../../signalr/index.js';
import type { HttpClient } from './http-client.js';
import { HubSession, type SessionListener } from './hub-session.js';
import { LoadError } from './load-error.js';
import { hubUrl, type LoadPlan } from './plan.js';
import { jsonOf, type Tokens } from './tokens.js';
import { openLongPolling } from './wires/long-polling-wire.js';
import { openServerSentEvents } from './wires/server-sent-events-wire.js';
import { openWebSocket } from './wires/web-socket-wire.js';
import type { Wire, WireTarget } from './wires/wire.js';

/** A hub that does not answer within this is not there, or has too much to do. */
const CONNECT_TIMEOUT_MS = 30_000;

const negotiateAnswer = z.object({
  connectionToken: z.string().optional(),
  availableTransports: z.array(z.object({ transport: z.string() })).default([]),
  url: z.string().optional(),
  error: z.string().optional(),
});

/**
 * Connects as Microsoft's clients do: negotiate, open the transport, shake hands.
 * @throws LoadError, or an error of the network
 */
export async function openSession(
  plan: LoadPlan,
  http: HttpClient,
  tokens: Tokens,
  listener: SessionListener,
): Promise<HubSession> {
  const session = new HubSession(plan.protocol, listener);
  const connecting = connect(session, plan, http, tokens);
  try {
    await within(CONNECT_TIMEOUT_MS, connecting);
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function connect(
  session: HubSession,
  plan: LoadPlan,
  http: HttpClient,
  tokens: Tokens,
): Promise<void> {
  const headers = { authorization: `Bearer ${await tokens.current()}` };
  const url = hubUrl(plan, '');
  url.searchParams.set('id', await negotiate(plan, http, headers));
  const isBinary = plan.protocol === 'messagepack';
  const wire = await openWire(plan.transport, http, { url, headers, isBinary, listener: session });
  await session.start(wire);
}

/** @returns the connection token */
async function negotiate(
  plan: LoadPlan,
  http: HttpClient,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const url = hubUrl(plan, '/negotiate');
  url.searchParams.set('negotiateVersion', '1');
  const { status, body } = await http.send('POST', url, { ...headers, 'content-length': '0' });
  if (status !== 200) throw new LoadError(`negotiate answered ${String(status)}`);
  const answer = negotiateAnswer.safeParse(jsonOf(body));
  if (!answer.success) throw new LoadError('negotiate gave another answer than a hub');
  const { connectionToken, availableTransports, url: elsewhere, error } = answer.data;
  if (error !== undefined) throw new LoadError(`negotiate refused: ${error}`);
  // Another host was not allowed, and may belong to somebody else.
  if (elsewhere !== undefined)
    throw new LoadError('negotiate redirects: give the address it names');
  if (connectionToken === undefined) throw new LoadError('negotiate gave no connection token');
  if (!availableTransports.some(({ transport }) => transport === plan.transport)) {
    throw new LoadError(`the hub does not offer ${plan.transport}`);
  }
  return connectionToken;
}

function openWire(name: TransportName, http: HttpClient, target: WireTarget): Promise<Wire> {
  switch (name) {
    case 'WebSockets':
      return openWebSocket(target);
    case 'ServerSentEvents':
      return openServerSentEvents(http, target);
    case 'LongPolling':
      return openLongPolling(http, target);
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const failure = `no connection within ${String(milliseconds / 1000)} s`;
    timer = setTimeout(() => reject(new LoadError(failure)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
