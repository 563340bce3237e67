import { computed, signal } from '@preact/signals';
import * as z from 'zod/mini';
import { createRteClient, type ClientStatus } from '../../client/index.js';
import type { RteEventData } from '../../rte/events/event-catalogue.js';
import { HubClock } from './hub-clock.js';
import { linkState } from './link-state.js';
import type { KeptLogin } from './login-store.js';
import { createRest } from './rest.js';
import { viewsFor, type ViewName } from './route.js';
import type { ViewContext } from './view-context.js';

/** Somebody who is logged in, with everything that runs for them. */
export interface Session {
  readonly context: ViewContext;
  /** The views that they may open. */
  readonly views: readonly ViewName[];
  /** Ends the connection and the clock. */
  stop(): Promise<void>;
}

/** What a session needs to know of its page. */
export interface SessionOptions {
  /** The hub's base, with a slash at the end. */
  readonly base: URL;
  readonly tv: boolean;
  /** The hub no longer takes the login. */
  readonly onRefused: (detail: string | undefined) => void;
}

const userSchema = z.object({
  Id: z.string(),
  UserName: z.string(),
  OrganizationID: z.string(),
  DisplayName: z.string(),
  Role: z.enum(['agent', 'supervisor', 'admin']),
});

/** Makes a session; tests make another. */
export type OpenSession = (login: KeptLogin, options: SessionOptions) => Promise<Session>;

/**
 * Asks the hub who it is that logs in, and connects as them.
 * @throws RestError when the hub does not answer, or refuses the login
 */
export async function openSession(
  login: KeptLogin,
  { base, tv, onRefused }: SessionOptions,
): Promise<Session> {
  // Here a refusal is the answer; later it ends the session.
  const user = await createRest({ base, login }).get('/users/me', userSchema);
  const me = {
    id: user.Id,
    userName: user.UserName,
    displayName: user.DisplayName,
    role: user.Role,
    organizationId: user.OrganizationID,
  };
  let isOver = false;
  // What a session that is over still hears says nothing about who is logged in now.
  const refused = (detail: string | undefined): void => {
    if (!isOver) onRefused(detail);
  };
  const rest = createRest({ base, login, onUnauthorized: ({ detail }) => refused(detail) });
  const client = createRteClient({
    url: base.href.replace(/\/$/u, ''),
    credentials: { userName: login.userName, secret: login.secretKey },
  });
  const status = signal<ClientStatus>(client.status);
  const sources = signal<RteEventData<'SourceStatus'> | undefined>(undefined);
  const leave = [
    client.onStatus((next) => {
      status.value = next;
      if (next.state === 'refused') refused(next.detail);
    }),
    client.on('SourceStatus', (data) => {
      sources.value = data;
    }),
  ];
  const clock = new HubClock(() => Date.now() + client.clockOffsetMs);
  clock.start();
  const link = computed(() => linkState(status.value, client.clockOffsetMs, sources.value));
  void client.subscribe([{ entityId: me.organizationId, eventName: 'SourceStatus' }]);
  void client.start();
  return {
    context: { client, rest, me, now: clock.now, link, tv },
    views: viewsFor(me.role),
    async stop() {
      isOver = true;
      for (const off of leave) off();
      clock.stop();
      await client.stop();
    },
  };
}
