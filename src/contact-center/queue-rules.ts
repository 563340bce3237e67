import type { Schedule } from './opening-hours.js';
import type { QueueAlert } from './queue-alert.js';

/** What the organization lays down for a queue, beside what telephony systems tell of it. */
export interface QueueRules {
  /** The queue. */
  readonly id: string;
  /** Absent when nobody said when the queue is open. */
  readonly schedule?: Schedule;
  /** What the telephony system says of its being open now; a schedule wins. */
  readonly isOpen?: boolean;
  /** Absent for none. */
  readonly alerts?: readonly QueueAlert[];
}
