import { type DirectoryFault, formatPath } from './faults.js';
import type { Directory } from './types.js';

/** Alerts that would be told to nobody. */
export function alertWarnings({ queues }: Directory): DirectoryFault[] {
  return [...queues.values()].flatMap(({ alerts = [] }, queueIndex) =>
    alerts.flatMap(({ recipients }, index) => {
      if (recipients.length > 0) return [];
      const path = formatPath(['queues', queueIndex, 'alerts', index]);
      return [{ path, message: 'nobody gets this alert: name recipients, or supervisors above' }];
    }),
  );
}
