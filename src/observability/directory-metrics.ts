import type { Instruments } from './instruments.js';

/** Something that a source has and the directory has not; both are words of ours. */
interface LeftOut {
  readonly section: string;
  readonly reason: string;
}

/** What the directory counts. */
export function directoryMetrics({ directoryLeftOut }: Instruments) {
  /** Labels in use by source; as many as there are sections and reasons. */
  const used = new Map<string, readonly LeftOut[]>();
  return {
    /** Takes all that is left out of a source now, in the place of what was before. */
    leftOut(source: string, entities: readonly LeftOut[]): void {
      for (const { section, reason } of used.get(source) ?? []) {
        directoryLeftOut.remove({ source, section, reason });
      }
      for (const { section, reason } of entities) directoryLeftOut.inc({ source, section, reason });
      used.set(source, distinct(entities));
    },
  };
}

function distinct(entities: readonly LeftOut[]): readonly LeftOut[] {
  return [...new Map(entities.map((one) => [`${one.section} ${one.reason}`, one])).values()];
}
