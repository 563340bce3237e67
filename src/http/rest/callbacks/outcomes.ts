import {
  StoreUnavailableError,
  type ChangeOutcome,
  type CreateOutcome,
  type FieldFault,
} from '../../../callbacks/index.js';
import type { FieldError } from '../../problem.js';
import { eventFields } from '../event-fields.js';
import { created, forbidden, invalid, notFound, ok, type Result } from '../results.js';
import type { CallbackRequest, RestServices } from '../services.js';

type Shows = Pick<RestServices, 'callbackData'>;

/** Seconds after which a store that was away is asked again. */
const RETRY_SECONDS = '5';

/** What each refusal by the access policy is answered with. */
export const REFUSALS = {
  'not-found': notFound('callback request or call list'),
  forbidden: forbidden('You may see the requests of this list, but not work on them.'),
} as const;

/** Does the work; the store's being away is answered as what it is. */
export async function whileStoreIsThere(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    const detail = 'Callback requests cannot be read or changed now. Try again later.';
    return { status: 503, detail, headers: { 'retry-after': RETRY_SECONDS } };
  }
}

/** A request as it is answered: in the fields of CallbackChanged. */
export function callbackOf(request: CallbackRequest, { callbackData }: Shows): object {
  return eventFields(callbackData(request));
}

/** The request with its ETag. */
export function answerOf(request: CallbackRequest, shows: Shows): Result {
  return ok(callbackOf(request, shows), tagOf(request));
}

/** The answer to a request that was to be made. */
export function creationAnswer(outcome: CreateOutcome, shows: Shows): Result {
  if (outcome.kind === 'invalid') return invalid(...outcome.faults.map(errorOf));
  const { kind, request } = outcome;
  if (kind === 'joined') return answerOf(request, shows);
  return created(callbackOf(request, shows), pathOf(request), tagOf(request));
}

/** The answer to a change. */
export function changeAnswer(outcome: ChangeOutcome, shows: Shows): Result {
  switch (outcome.kind) {
    case 'changed':
      return answerOf(outcome.request, shows);
    case 'not-found':
      return REFUSALS['not-found'];
    case 'invalid':
      return invalid(...outcome.faults.map(errorOf));
    case 'version-conflict': {
      const detail = 'The request was changed meanwhile: read it again, then decide.';
      return { status: 412, detail, headers: tagOf(outcome.request) };
    }
    case 'closed':
      return { status: 409, detail: 'The request is closed: reopen it first.' };
    case 'duplicate': {
      const path = pathOf(outcome.request);
      return { status: 409, detail: `The list has an open request of that number: ${path}` };
    }
  }
}

function pathOf({ id }: CallbackRequest): string {
  return `/callbacks/${id}`;
}

function tagOf({ version }: CallbackRequest): Readonly<Record<string, string>> {
  return { etag: `"${String(version)}"` };
}

/** Names of the service that are not those of the interface but for the first letter. */
const NAMES: Readonly<Record<string, string>> = {
  priority: 'CalculatedPriority',
  extras: 'CallbackExtras',
  attempts: 'CallbackAttempts',
};

/** `extras.0.name` is `CallbackExtras[0].Name`. */
function errorOf({ field, problem }: FieldFault): FieldError {
  const name = field
    .split('.')
    .map((part) => (/^\d+$/u.test(part) ? `[${part}]` : `.${nameOf(part)}`))
    .join('')
    .replace(/^\./u, '');
  return { field: name, problem };
}

function nameOf(part: string): string {
  return NAMES[part] ?? part.charAt(0).toUpperCase() + part.slice(1);
}
