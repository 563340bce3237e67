import { isRecord } from './records.js';
import { unanswered, type EntitySubscription, type SubscriptionResult } from './subscription.js';

/** What the hub says to a Resume. */
export interface ResumeAnswer {
  readonly resumed: boolean;
  /** Why not. */
  readonly reason: string | null;
  /** What to resume from when no newer event follows. */
  readonly lastEventId: string | null;
  readonly results: readonly SubscriptionResult[];
}

/**
 * Reads the answer to Resume.
 * @throws TypeError when it is none
 */
export function readResumeAnswer(
  answer: unknown,
  items: readonly EntitySubscription[],
): ResumeAnswer {
  if (!isRecord(answer)) throw new TypeError('The answer to Resume is none.');
  const { resumed, reason, lastEventId, results } = answer;
  return {
    resumed: resumed === true,
    reason: typeof reason === 'string' ? reason : null,
    lastEventId: typeof lastEventId === 'string' ? lastEventId : null,
    results: readResults(results, items),
  };
}

/** Reads the answer to Subscribe: one result per item, in their order. */
export function readResults(
  answer: unknown,
  items: readonly EntitySubscription[],
): SubscriptionResult[] {
  const results: unknown[] = Array.isArray(answer) ? answer : [];
  return items.map((item, index) => readResult(results[index], item));
}

function readResult(result: unknown, item: EntitySubscription): SubscriptionResult {
  if (!isRecord(result)) return unanswered(item, 'The hub did not answer this item.');
  const { message } = result;
  return {
    ...unanswered(item, typeof message === 'string' ? message : ''),
    subscribed: result['subscribed'] === true,
    message: typeof message === 'string' ? message : null,
  };
}
