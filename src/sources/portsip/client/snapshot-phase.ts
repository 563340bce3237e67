import type { SnapshotOccasion } from '../../../contact-center/index.js';
import { LIMITS } from './limits.js';
import type { ConnectionState } from './wsi-connection.js';

/**
 * Knows whether what the PBX tells is the answer to a subscription: the same messages tell the state
 * of everything then, and what has changed at other times. The PBX may answer a subscription before
 * it sends the state, so the phase lasts a moment longer than the subscribing.
 */
export class SnapshotPhase {
  #last: SnapshotOccasion = 'start';
  #subscribedAt: number | undefined;

  /** All is subscribed to; epoch ms. */
  subscribed(now: number): void {
    this.#subscribedAt = now;
  }

  /** Why the state is told now; undefined when it is not, and messages tell changes. */
  occasion(state: ConnectionState | 'waiting', now: number): SnapshotOccasion | undefined {
    switch (state) {
      case 'waiting':
      case 'connecting':
      case 'authenticating':
      case 'subscribing':
      case 'ended':
        this.#last = this.#subscribedAt === undefined ? 'start' : 'gap';
        return this.#last;
      case 'refreshing':
      case 'asking-again':
        this.#last = 'audit';
        return this.#last;
      case 'live': {
        const isLate = now - (this.#subscribedAt ?? -Infinity) >= LIMITS.lateSnapshotMs;
        return isLate ? undefined : this.#last;
      }
    }
  }
}
