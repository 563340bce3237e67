import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { goldenLog } from './golden-log.js';
import { LogWriter } from './log-writer.js';
import { type Delivery, PortsipStage } from './portsip-stage.js';

/** One thing that happens at the PBX, which tells it in a burst of messages. */
export interface PortsipTurn {
  /** Milliseconds since the turn before. */
  readonly after: number;
  /** For the reader of the log. */
  readonly what: string;
  readonly happens: (stage: PortsipStage) => void;
}

export interface PortsipStory {
  readonly turns: readonly PortsipTurn[];
  /** How long to watch when all is said, milliseconds. */
  readonly watch: number;
}

/** The ways in which the same story may reach the hub. */
const DELIVERIES: Readonly<Record<string, Delivery>> = {
  'with every message twice': (burst) => burst.flatMap((message) => [message, message]),
  'with every burst twice': (burst) => [...burst, ...burst],
};

/**
 * Tests that a story reads as in its golden log, however its messages reach the hub.
 * @param name of the golden log
 */
export function describePortsipStory(name: string, story: PortsipStory): void {
  /** As the PBX tells it; played once for all deliveries. */
  let told: Promise<string> | undefined;
  const plainly = () => (told ??= play(story, (burst) => burst));

  describe(`the story "${name}"`, () => {
    beforeEach(() => {
      vi.useFakeTimers({ now: START });
    });

    afterEach(() => {
      vi.useRealTimers();
    });

    it('reads as its golden log', async () => {
      const log = await plainly();
      expect(log).toBe(goldenLog(name, log));
    });

    it.each(Object.entries(DELIVERIES))('reads the same %s', async (_how, delivery) => {
      const log = await plainly();
      vi.setSystemTime(START);
      expect(await play(story, delivery)).toBe(log);
    });
  });
}

const START = Date.parse('2026-11-21T10:00:00Z');

async function play({ turns, watch }: PortsipStory, delivery: Delivery): Promise<string> {
  const log = new LogWriter(START);
  const stage = new PortsipStage((data) => log.message(Date.now(), data), delivery);
  for (const { after, what, happens } of turns) {
    await stage.pass(after);
    log.heading(Date.now(), what);
    stage.happens(happens);
  }
  await stage.pass(watch);
  stage.end();
  return nameSessions(log.text);
}

/** The fake PBX counts its ids over all tests: a session is named by its order of appearance. */
function nameSessions(text: string): string {
  const names = new Map<string, string>();
  return text.replaceAll(/\b5\d{17}\b/gu, (id) => {
    const name = names.get(id) ?? `session-${String(names.size + 1)}`;
    names.set(id, name);
    return name;
  });
}
