import type { RteClient } from '../../client/index.js';
import { RepeatedReading } from '../shell/repeated-reading.js';

/**
 * Something that is read whenever it is asked for, after each gap, now and then anyway, and again
 * when that failed: as long as the client lasts.
 */
export function lastingReading(
  client: Pick<RteClient, 'onGap' | 'onStatus'>,
  read: () => Promise<void>,
): RepeatedReading {
  const reading = new RepeatedReading(read);
  client.onGap(() => reading.request());
  client.onStatus(({ state }) => {
    if (state === 'stopped' || state === 'refused') reading.stop();
  });
  return reading;
}
