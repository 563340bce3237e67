import type { RteEventData } from '../../../rte/events/event-catalogue.js';
import { timeOf } from '../times.js';

type StatusData = RteEventData<'UserStatus'>;

/** What of UserStatus is shown; also what `/users/me/status` answers. */
export type StatusFields = Pick<
  StatusData,
  | 'timestamp'
  | 'canBeAllocatedTo'
  | 'talking'
  | 'talkingStatusChanged'
  | 'activeQueueId'
  | 'available'
  | 'schedule'
  | 'serving'
  | 'serviceTerminals'
  | 'activeQueues'
  | 'parkedCalls'
  | 'wrapUpStart'
  | 'wrapUpEnd'
  | 'fetchMode'
>;

/** Why no call of a queue can be offered now. */
export type Obstacle =
  | 'talking'
  | 'wrap-up'
  | 'off-work'
  | 'unavailable'
  | 'not-serving'
  | 'no-active-queue'
  | 'picks-calls'
  | 'no-terminal'
  | 'phone';

/** The status as one headline, and what besides stands in the way. */
export interface Standing {
  /** `free`: a call may come at any moment; else the obstacle that counts most. */
  readonly headline: 'free' | Obstacle;
  /** The other obstacles, which stay when the first is gone. */
  readonly besides: readonly Obstacle[];
}

/** Since when something is so. */
export interface Since {
  /** Epoch ms. */
  readonly at: number;
  /** It was so when it was first heard of, and may have been for longer. */
  readonly isLowerBound: boolean;
}

/** The own status as it was told last. */
export interface OwnStatus {
  readonly fields: StatusFields;
  readonly standing: Standing;
  readonly since: Since;
}

/**
 * The status with what was told of it now. One that is older than what is known changes nothing.
 * @param known undefined for nothing yet
 */
export function withStatus(known: OwnStatus | undefined, fields: StatusFields): OwnStatus {
  if (known !== undefined && fields.timestamp < known.fields.timestamp) return known;
  const standing = standingOf(fields);
  return { fields, standing, since: sinceOf(known, fields, standing) };
}

/** The same status, after which any other counts as newer. */
export function outdated(status: OwnStatus): OwnStatus {
  return { ...status, fields: { ...status.fields, timestamp: '' } };
}

/** What the fields mean, by the definitions of the contract. */
export function standingOf(fields: StatusFields): Standing {
  if (fields.canBeAllocatedTo) return { headline: 'free', besides: [] };
  const [headline = 'phone', ...besides] = obstaclesOf(fields);
  return { headline, besides };
}

/** All that stands in the way, what counts most first. */
function obstaclesOf(fields: StatusFields): Obstacle[] {
  const obstacles: [Obstacle, boolean][] = [
    ['talking', fields.talking],
    ['wrap-up', fields.wrapUpEnd !== null],
    ['off-work', !fields.schedule],
    // Off work is one of the availabilities that let no calls through.
    ['unavailable', !fields.available && fields.schedule],
    ['not-serving', !fields.serving],
    // Who does not serve has no active queue either: saying both would say one thing twice.
    ['no-active-queue', fields.serving && fields.activeQueues === 0],
    ['picks-calls', fields.fetchMode],
    ['no-terminal', fields.serviceTerminals === 0],
  ];
  return obstacles.filter(([, isThere]) => isThere).map(([obstacle]) => obstacle);
}

/** Calls and wrap-ups have times of their own; of all else it is known when it was told first. */
function sinceOf(
  known: OwnStatus | undefined,
  fields: StatusFields,
  { headline }: Standing,
): Since {
  const own = ownTime(fields, headline);
  if (own !== null) return { at: own, isLowerBound: false };
  if (known?.standing.headline === headline) return known.since;
  const at = timeOf(fields.timestamp) ?? 0;
  return { at, isLowerBound: known === undefined };
}

function ownTime(fields: StatusFields, headline: Standing['headline']): number | null {
  switch (headline) {
    case 'talking':
      return timeOf(fields.talkingStatusChanged);
    case 'wrap-up':
      return timeOf(fields.wrapUpStart);
    case 'free':
    case 'off-work':
    case 'unavailable':
    case 'not-serving':
    case 'no-active-queue':
    case 'picks-calls':
    case 'no-terminal':
    case 'phone':
      return null;
  }
}
