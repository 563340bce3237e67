import type { WazoRest } from '../rest/wazo-rest.js';

/**
 * What of a Wazo's state can be read on its own:
 * - `queues`: members and waiting callers, by wazo-amid
 * - `calls`: these, and who rings and talks, by wazo-amid and wazo-calld
 * - `agents`: who is logged in, by wazo-agentd
 * - `presences`: by wazo-chatd
 * - `settings`: users' services and forwards, by wazo-confd
 */
export type StatePart = 'queues' | 'calls' | 'agents' | 'presences' | 'settings';

/** All of the state. */
export const WHOLE_STATE: readonly StatePart[] = ['calls', 'agents', 'presences', 'settings'];

/** What to read. */
export interface ReadOrder {
  readonly parts: ReadonlySet<StatePart>;
  /** Asterisk's names of queues to read alone, where `parts` has neither queues nor calls. */
  readonly queueNames: ReadonlySet<string>;
  /** uuid of the Wazo, as the bus has it; empty when it has not told. */
  readonly originUuid: string;
}

/** The part of Wazo's REST services that tells of its state. */
export interface StateServices {
  readonly amid: Pick<WazoRest['amid'], 'action' | 'userEvent'>;
  readonly agentd: Pick<WazoRest['agentd'], 'agents'>;
  readonly calld: Pick<WazoRest['calld'], 'calls'>;
  readonly chatd: Pick<WazoRest['chatd'], 'presences'>;
  readonly confd: Pick<WazoRest['confd'], 'users' | 'originUuid'>;
}
