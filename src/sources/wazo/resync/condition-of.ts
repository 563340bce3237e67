import type { SourceCondition } from '../../source.js';
import { WazoRestError } from '../rest/rest-error.js';
import { AmiAnswerFault } from './ami-answers.js';
import { LateAnswer } from './settle.js';

type Trouble = Exclude<SourceCondition, { readonly state: 'up' }>;

/** What the fault of a service means for the state that is shown; `what` it was that failed. */
export function conditionOf(what: string, error: unknown): Trouble {
  const why = error instanceof Error ? error.message : String(error);
  return { state: 'stale', trouble: troubleOf(error), detail: `${what}: ${why}` };
}

function troubleOf(error: unknown): Trouble['trouble'] {
  if (error instanceof AmiAnswerFault) return 'state-unreadable';
  if (error instanceof LateAnswer) return 'connection-lost';
  if (!(error instanceof WazoRestError)) return 'failed';
  switch (error.problem) {
    case 'refused':
      return 'access-denied';
    case 'unreachable':
    case 'starting':
    case 'stopped':
      return 'connection-lost';
    case 'not-found':
    case 'rejected':
    case 'failed':
    case 'garbage':
      return 'state-unreadable';
  }
}
