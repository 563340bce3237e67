import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { vi } from 'vitest';
import { z } from 'zod';
import type { CallbackStore } from '../../../src/callbacks/index.js';
import type { CallbackRequest } from '../../../src/contact-center/index.js';
import { listId } from '../directory-fixture.js';
import { ServiceUnderTest } from './fixture.js';

const WRITER = new URL('writer-process.ts', import.meta.url).pathname;

const line = z.union([
  z.object({ kept: z.string(), version: z.number() }),
  z.object({ told: z.string(), id: z.string(), version: z.number() }),
  z.object({ done: z.literal(true) }),
]);

/** What a process said before it was killed. */
interface Said {
  /** The newest version of each request that was promised to be kept. */
  readonly kept: ReadonlyMap<string, number>;
  /** Ids of the events of each version of a request, by `id version`. */
  readonly told: Map<string, Set<string>>;
}

/** What a kill did; all lists are empty when nothing was lost. */
export interface KillReport {
  /** How many changes the store has. */
  readonly changes: number;
  /** Requests of which a change was promised and is not there. */
  readonly lost: readonly string[];
  /** Changes that are there and were told to nobody. */
  readonly untold: readonly string[];
  /** Changes that were told and are not there. */
  readonly invented: readonly string[];
  /** Changes that were told twice, as if they were two. */
  readonly doubled: readonly string[];
}

/**
 * Kills a process in the middle of a thousand changes, after `promises` promises, and opens its
 * store again.
 */
export async function killMidway(
  place: string,
  store: CallbackStore,
  promises: number,
): Promise<KillReport> {
  const { kept, told } = await killedAfter(place, promises);
  const next = new ServiceUnderTest(store);
  // A server may need a moment to miss the connection of the killed process.
  await vi.waitFor(() => next.service.open(), { timeout: 10_000, interval: 100 });
  await next.settled();
  for (const { eventId, request } of next.events) {
    note(told, `${request.id} ${String(request.version)}`, eventId);
  }
  const { requests } = await next.service.list({ callListIds: [listId], limit: 500 });
  await next.service.stop();
  const versions = new Map(requests.map(({ id, version }) => [id, version]));
  const made = new Set(requests.flatMap(versionsOf));
  return {
    changes: made.size,
    lost: [...kept].filter(([id, version]) => (versions.get(id) ?? 0) < version).map(([id]) => id),
    untold: [...made].filter((change) => !told.has(change)),
    invented: [...told.keys()].filter((change) => !made.has(change)),
    doubled: [...told].filter(([, ids]) => ids.size > 1).map(([change]) => change),
  };
}

function versionsOf({ id, version }: CallbackRequest): string[] {
  return Array.from({ length: version }, (_, before) => `${id} ${String(before + 1)}`);
}

async function killedAfter(place: string, promises: number): Promise<Said> {
  const writer = spawn(process.execPath, ['--import', 'tsx', WRITER, place], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(writer, 'exit');
  const kept = new Map<string, number>();
  const told = new Map<string, Set<string>>();
  let heard = 0;
  try {
    for await (const text of createInterface(writer.stdout)) {
      const said = line.parse(JSON.parse(text));
      if ('done' in said) throw new Error('the writer was done before it was killed');
      if ('told' in said) {
        note(told, `${said.id} ${String(said.version)}`, said.told);
      } else {
        kept.set(said.kept, said.version);
        heard += 1;
        if (heard === promises) writer.kill('SIGKILL');
      }
    }
  } finally {
    writer.kill('SIGKILL');
  }
  await ended;
  if (heard < promises) throw new Error(`the writer ended after ${String(heard)} changes`);
  return { kept, told };
}

function note(told: Map<string, Set<string>>, change: string, eventId: string): void {
  const ids = told.get(change) ?? new Set();
  told.set(change, ids.add(eventId));
}
