import { inject } from 'vitest';
import { z } from 'zod';
import { http } from '../raw/http.js';
import type { HubName } from './own-server.js';
import { startOwnServer } from './own-server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Root URL of the ASP.NET Core test server, in the project that has one. */
    aspNetCoreUrl: string;
    /** Why there is none. */
    dotnetMissing: string;
  }
}

/** How long the hub of a target waits, in ms. */
export interface Times {
  readonly handshake: number;
  readonly keepAlive: number;
  readonly clientTimeout: number;
  readonly poll: number;
  /** Negotiated and not opened, or not polled. */
  readonly disconnect: number;
}

/** A server under test. */
export interface Target {
  readonly kind: 'own' | 'aspnetcore' | 'foreign';
  /** @throws {Missing} when the server has no such hub */
  hub(name: HubName): Promise<string>;
  /** The hub whose times are short, and these. @throws {Missing} when the server has none */
  brief(): Promise<{ readonly hub: string; readonly times: Times }>;
  stop(): Promise<void>;
}

/** What a test needs and the target has not; the test is skipped with the reason. */
export class Missing extends Error {}

/** Servers look at their time-outs once a second, and may find them over that much early. */
export const HEARTBEAT_MS = 1_000;

const SHORT: Times = {
  handshake: 2_000,
  keepAlive: 2_000,
  clientTimeout: 2_000,
  poll: 2_000,
  disconnect: 3_000,
};

const environment = z.object({ CONFORMANCE_URL: z.url().optional() });

/** Finds the server under test, starting ours when none is named. */
export async function openTarget(): Promise<Target> {
  const { CONFORMANCE_URL: url } = environment.parse(process.env);
  if (url !== undefined) return remote('foreign', url);
  const dotnetMissing: string | undefined = inject('dotnetMissing');
  if (dotnetMissing !== undefined) throw new Missing(dotnetMissing);
  const aspNetCoreUrl: string | undefined = inject('aspNetCoreUrl');
  if (aspNetCoreUrl !== undefined) return remote('aspnetcore', aspNetCoreUrl);
  const own = await startOwnServer();
  return { ...remote('own', own.url), stop: () => own.stop() };
}

function remote(kind: Target['kind'], url: string): Target {
  const root = url.replace(/\/$/, '');
  const hub = async (name: HubName): Promise<string> => {
    const address = `${root}/${name}`;
    if (kind !== 'foreign' || name === 'hub') return address;
    const { status } = await http('POST', `${address}/negotiate?negotiateVersion=1`);
    if (status === 404) throw new Missing(`the server has no hub /${name}`);
    return address;
  };
  return {
    kind,
    hub,
    brief: async () => ({ hub: await hub('brief'), times: SHORT }),
    stop: () => Promise.resolve(),
  };
}
