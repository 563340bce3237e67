// Microsoft's client in a process of its own, which can be told to trust a certificate: logs in at a
// hub, connects over each transport, and prints what it got as one line of JSON.

import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { z } from 'zod';

const TRANSPORTS = {
  WebSockets: HttpTransportType.WebSockets,
  ServerSentEvents: HttpTransportType.ServerSentEvents,
  LongPolling: HttpTransportType.LongPolling,
} as const;
const SALES = 'de300000-0000-4000-8000-000000000201';

const base = z.url().parse(process.argv[2]);
const answerSchema = z.object({ Url: z.string(), WssEndpoint: z.string(), Token: z.string() });
const messageSchema = z.object({ data: z.object({ eventType: z.string() }) });

const headers = {
  authorization: `Basic ${btoa('demo:demo')}`,
  // Of somebody who would have others connect to a place of theirs.
  'x-forwarded-host': 'evil.example',
};
const login = await fetch(`${base}/token/me/rte/`, { headers });
const { Url, WssEndpoint, Token } = answerSchema.parse(await login.json());
const received: readonly (readonly [string, string])[] = await Promise.all(
  Object.entries(TRANSPORTS).map(
    async ([name, transport]) => [name, await firstMessage(transport)] as const,
  ),
);
process.stdout.write(
  JSON.stringify({ Url, WssEndpoint, Token, received: Object.fromEntries(received) }),
);

/** The name of the first event that comes over a transport. */
async function firstMessage(transport: HttpTransportType): Promise<string> {
  const connection = new HubConnectionBuilder()
    .withUrl(`${Url}?snapshot=1`, { transport, accessTokenFactory: () => Token })
    .configureLogging(LogLevel.None)
    .build();
  const message = new Promise<string>((resolve) => {
    connection.on('MessageReceived', (got: unknown) =>
      resolve(messageSchema.parse(got).data.eventType),
    );
  });
  await connection.start();
  await connection.invoke('Subscribe', [{ EntityId: SALES, EventName: 'QueueStatus' }]);
  const name = await message;
  await connection.stop();
  return name;
}
