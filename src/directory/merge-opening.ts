import type { FoundQueue } from './found.js';

/** What the system says of when its queue is open; what the file says of that wins. */
export function openingOf({
  schedule,
  isOpen,
}: FoundQueue): Pick<FoundQueue, 'schedule' | 'isOpen'> {
  return {
    ...(schedule === undefined ? {} : { schedule }),
    ...(isOpen === undefined ? {} : { isOpen }),
  };
}
