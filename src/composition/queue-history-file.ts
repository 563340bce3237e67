import { join } from 'node:path';
import { z } from 'zod';
import type { ContactCenter } from '../contact-center/index.js';
import type { DirectoryHolder } from '../directory/types.js';
import { readIfThere, removeOldDrafts, StateFile } from '../durable-file.js';
import { MINUTES } from '../rte/figure-hour.js';
import { type KeptHour, QueueHistory } from '../rte/queue-history.js';
import type { Basis } from './basis.js';

/** Name of the file in the data folder. */
const FILE_NAME = 'queue-history.json';

/** What the history is made of. */
type Parts = Pick<Basis, 'bus' | 'now'> & {
  readonly directory: DirectoryHolder;
  readonly logger: { warn(fields: object, message: string): void };
  readonly settings: Pick<Basis['settings'], 'dataDir'>;
  readonly metrics: Pick<Basis['metrics'], 'watchTables'>;
  readonly contactCenter: Pick<ContactCenter, 'queueStatus'>;
  readonly isBehind: () => boolean;
};

/** The last hour of each queue, and the file in which it outlasts a restart. */
export interface KeptQueueHistory {
  readonly history: QueueHistory;
  /** Ends both; resolves when nothing is being written any more. */
  readonly stop: () => Promise<void>;
}

const figures = z.array(z.int().nonnegative().nullable()).max(MINUTES);

/** Figures in columns, which is a fifth of the size. */
const fileSchema = z.array(
  z.object({
    queueId: z.string(),
    organizationId: z.string(),
    newest: z.int(),
    waiting: figures,
    longestWait: figures,
  }),
);

/**
 * Makes the history with what was kept of it. Each minute that is over is written down, so that a
 * hub that is killed has lost one at most; the time of the restart itself is a gap. A file that
 * cannot be used is logged and replaced: nothing depends on it but the look of a board.
 */
export async function openQueueHistory(parts: Parts): Promise<KeptQueueHistory> {
  const { settings, logger, metrics } = parts;
  const path = join(settings.dataDir, FILE_NAME);
  await removeOldDrafts(path);
  let saving = Promise.resolve();
  const history = new QueueHistory({
    ...parts,
    kept: await readKept(path, logger),
    onMinute() {
      saving = file.save().catch((error: unknown) => {
        logger.warn({ err: error, path }, 'queue history not written');
      });
    },
  });
  const file = new StateFile(path, () => JSON.stringify(history.kept().map(inColumns)));
  metrics.watchTables('queue-history', () => ({ entries: { ...history.sizes } }));
  return {
    history,
    stop: async () => {
      history.stop();
      await saving;
    },
  };
}

async function readKept(path: string, logger: Parts['logger']): Promise<readonly KeptHour[]> {
  try {
    const text = await readIfThere(path);
    return text === undefined ? [] : fileSchema.parse(JSON.parse(text)).map(inMinutes);
  } catch (error) {
    logger.warn({ err: error, path }, 'queue history cannot be read, it begins anew');
    return [];
  }
}

type Columns = z.output<typeof fileSchema>[number];

function inColumns({ minutes, ...of }: KeptHour): Columns {
  const waiting = minutes.map((minute) => minute?.waiting ?? null);
  const longestWait = minutes.map((minute) => minute?.longestWait ?? null);
  return { ...of, waiting, longestWait };
}

function inMinutes({ waiting, longestWait, ...of }: Columns): KeptHour {
  const minutes = waiting.map((callers, index) => {
    const wait = longestWait[index] ?? null;
    return callers === null || wait === null ? null : { waiting: callers, longestWait: wait };
  });
  return { ...of, minutes };
}
