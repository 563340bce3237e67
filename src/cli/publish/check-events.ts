import { addAbortSignal } from 'node:stream';
import { findEvent } from '../../sources/wazo/events/event-table.js';
import { CommandError } from '../command.js';
import { count } from '../figures.js';
import type { Io } from '../io.js';
import { startProgress } from '../progress.js';
import { type EventFile, faultOf, isAbort, readEvents } from './events.js';

/** A file that is wrong throughout is no event file; more faults than this help nobody. */
const MAX_FAULTS = 100;
/** Names of events that are told apart; a file has some dozens. */
const MAX_NAMES = 1_000;

/** What is wrong with a line, counted from 1. */
export interface FileFault {
  readonly line: number;
  readonly message: string;
}

/** The faults of a file: the first hundred, and how many there are. */
export class FileFaults {
  readonly first: FileFault[] = [];
  readonly #tell: (fault: FileFault) => void;
  total = 0;

  /** @param tell is told the first hundred as they are found */
  constructor(tell: (fault: FileFault) => void = () => undefined) {
    this.#tell = tell;
  }

  add(fault: FileFault): void {
    this.total += 1;
    if (this.first.length >= MAX_FAULTS) return;
    this.first.push(fault);
    this.#tell(fault);
  }
}

/** What a file has in it. */
export interface CheckedFile {
  readonly events: number;
  readonly faults: FileFaults;
  /** How many events there are of each name. */
  readonly names: ReadonlyMap<string, number>;
}

/**
 * Reads the whole file and publishes nothing.
 * @param needsRoutingKey whether they are for a topic exchange
 * @throws CommandError when it is interrupted; what reading fails with
 */
export async function checkEvents(
  file: EventFile,
  needsRoutingKey: boolean,
  io: Io,
  signal: AbortSignal,
): Promise<CheckedFile> {
  const faults = new FileFaults();
  const names = new Map<string, number>();
  let events = 0;
  const progress = startProgress(io, () => ({
    fraction: undefined,
    text: `checking: ${count(events)} events, ${count(faults.total)} faults`,
  }));
  try {
    for await (const read of readEvents(addAbortSignal(signal, file.open()))) {
      const fault = faultOf(read, needsRoutingKey);
      if (fault !== undefined) faults.add({ line: read.line, message: fault });
      else if ('event' in read) {
        events += 1;
        const { name } = read.event;
        const before = names.get(name);
        if (before !== undefined || names.size < MAX_NAMES) names.set(name, (before ?? 0) + 1);
      }
    }
  } catch (error) {
    if (!isAbort(error)) throw error;
    const message = `Interrupted: ${count(events)} events were checked, nothing was published`;
    throw new CommandError(message, { cause: error });
  } finally {
    progress.stop();
  }
  return { events, faults, names };
}

/** What the hub makes of events of that name, in a few words. */
export function outcomeOf(name: string): string {
  const row = findEvent(name)?.row;
  if (row === undefined) return 'not known to the hub';
  return row.unasked === undefined ? row.outcome : 'understood, but not asked for';
}
