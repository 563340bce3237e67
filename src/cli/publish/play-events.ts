import { addAbortSignal } from 'node:stream';
import type { BusLine } from './bus-line.js';
import { messageOf } from './bus-line.js';
import type { BusMessage } from './bus-publisher.js';
import type { FileFaults } from './check-events.js';
import { type EventFile, faultOf, isAbort, readEvents } from './events.js';
import { type Pace, untilDue } from '../pace.js';
import { Restamper, Stamps } from './restamp.js';

/** How a file is played. */
export interface PlayOptions {
  readonly file: EventFile;
  /** @param start when the first event is due, ms on the clock of `monotonic` */
  readonly paceFrom: (start: number) => Pace;
  /** How many times; Infinity until it is interrupted. */
  readonly repeat: number;
  /** Whether stamps and ids stay as they were recorded. */
  readonly isAsRecorded: boolean;
  /** Whether faulty lines are left out; else the first ends it. */
  readonly leavesOutFaults: boolean;
  /** What a topic exchange cannot do without. */
  readonly needsRoutingKey: boolean;
  /** Sends a message; resolves when the next may follow. */
  send(message: BusMessage): Promise<void>;
  readonly faults: FileFaults;
  readonly signal: AbortSignal;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** Epoch ms with fractions. */
  readonly now: () => number;
}

/** How it ended. */
export type PlayEnd = 'done' | 'interrupted' | 'faulty';

/**
 * Sends the events of a file at their pace. One without events is not played again.
 * @throws what reading or `send` fails with
 */
export async function playEvents(options: PlayOptions): Promise<PlayEnd> {
  const stamps = new Stamps();
  const pace = options.paceFrom(options.monotonic());
  const restamper = options.isAsRecorded ? undefined : new Restamper();
  let sent = 0;
  const send = (message: BusMessage): Promise<void> => {
    sent += 1;
    return options.send(message);
  };
  for (let time = 0; time < options.repeat && !options.signal.aborted; time += 1) {
    const before = sent;
    pace.again();
    restamper?.begin();
    const end = await playOnce({ ...options, send }, pace, stamps, restamper);
    if (end !== 'done') return end;
    if (sent === before) break;
  }
  return options.signal.aborted ? 'interrupted' : 'done';
}

async function playOnce(
  options: PlayOptions,
  pace: Pace,
  stamps: Stamps,
  restamper: Restamper | undefined,
): Promise<PlayEnd> {
  const { file, signal, faults, monotonic, now } = options;
  try {
    for await (const read of readEvents(addAbortSignal(signal, file.open()))) {
      const fault = faultOf(read, options.needsRoutingKey);
      if (fault !== undefined) {
        faults.add({ line: read.line, message: fault });
        if (!options.leavesOutFaults) return 'faulty';
      } else if ('event' in read) {
        await untilDue(pace.due(read.event.stampMs, monotonic()), monotonic, signal);
        if (signal.aborted) return 'interrupted';
        await options.send(messageFor(read.event, now(), stamps, restamper));
      }
    }
  } catch (error) {
    if (signal.aborted && isAbort(error)) return 'interrupted';
    throw error;
  }
  return 'done';
}

function messageFor(
  event: BusLine,
  now: number,
  stamps: Stamps,
  restamper: Restamper | undefined,
): BusMessage {
  const { timestamp } = event.about;
  const hasOwnStamp = restamper === undefined && typeof timestamp === 'string';
  const stamp = hasOwnStamp ? timestamp : stamps.next(now);
  const message = messageOf(restamper?.restamp(event, now) ?? event, stamp);
  return { ...message, routingKey: event.routingKey ?? '' };
}
