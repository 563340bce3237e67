import type { HubCaller, HubUser } from '../../../src/signalr/index.js';

export type Caller = HubCaller<HubUser>;

/** The group of those who are told what happens to the others. */
export const WATCHERS = 'watchers';

export function tellWatchers(caller: Caller, event: string, ...args: readonly unknown[]): void {
  caller.clients.group(WATCHERS).send(event, ...args);
}
