import { z } from 'zod';
import { DEFAULTS } from '../defaults.js';
import { flag, positiveNumber, wholeNumber } from '../fields.js';
import { settingGroup } from '../setting-docs.js';

const setting = settingGroup('Events');

/** The settings of this group, by the name of their environment variable. */
export const eventsSchema = z.object({
  RTE_QUEUE_STATUS_INTERVAL_MS: setting(wholeNumber(0, 60_000, 'milliseconds'), {
    meaning: 'QueueStatus is coalesced to one per queue in this time, sent only when changed',
    defaultText: String(DEFAULTS.queueStatusIntervalMs),
  }),
  RTE_USER_STATUS_INTERVAL_MS: setting(wholeNumber(0, 60_000, 'milliseconds'), {
    meaning: 'UserStatus is coalesced to one per user in this time, sent only when changed',
    defaultText: String(DEFAULTS.userStatusIntervalMs),
  }),
  RTE_EXTENSION_EVENTS: setting(flag(), {
    meaning:
      'AvailableSubscriptions also names the events that the RTE does not have: SourceStatus',
    defaultText: 'false',
  }),
  RTE_SNAPSHOT_ON_SUBSCRIBE: setting(flag(), {
    meaning:
      'send the last states right after Subscribe; a connection may choose with `?snapshot=1` or `0`',
    defaultText: 'false',
  }),
  RTE_SIMULATOR_SPEED: setting(positiveNumber(1000), {
    meaning: 'how many times faster than real time the simulator runs',
    defaultText: String(DEFAULTS.simulatorSpeed),
  }),
  RTE_SIMULATOR_SEED: setting(wholeNumber(0, 4_294_967_295), {
    meaning: 'the same seed makes the same simulated day',
    defaultText: String(DEFAULTS.simulatorSeed),
  }),
});

type EventsValues = z.infer<typeof eventsSchema>;

/** What clients get of events, and when. */
export interface EventSettings {
  readonly queueStatusIntervalMs: number;
  readonly userStatusIntervalMs: number;
  /** Whether clients are told of the events that the RTE does not have; they may subscribe anyway. */
  readonly listExtensions: boolean;
  /** Whether subscribers get the last state at once, unless their connection says otherwise. */
  readonly snapshotOnSubscribe: boolean;
}

/** How the simulator makes its events. */
export interface SimulatorSettings {
  readonly speed: number;
  readonly seed: number;
}

/** Completes what is set with the defaults. */
export function eventSettings(values: EventsValues): EventSettings {
  return {
    queueStatusIntervalMs: values.RTE_QUEUE_STATUS_INTERVAL_MS ?? DEFAULTS.queueStatusIntervalMs,
    userStatusIntervalMs: values.RTE_USER_STATUS_INTERVAL_MS ?? DEFAULTS.userStatusIntervalMs,
    listExtensions: values.RTE_EXTENSION_EVENTS ?? false,
    snapshotOnSubscribe: values.RTE_SNAPSHOT_ON_SUBSCRIBE ?? false,
  };
}

/** Completes what is set with the defaults. */
export function simulatorSettings(values: EventsValues): SimulatorSettings {
  return {
    speed: values.RTE_SIMULATOR_SPEED ?? DEFAULTS.simulatorSpeed,
    seed: values.RTE_SIMULATOR_SEED ?? DEFAULTS.simulatorSeed,
  };
}
