import type { ChangeOutcome, ChangeTarget } from '../../../callbacks/index.js';
import { attemptBody, callbackPatch, closingBody } from '../callbacks/bodies.js';
import { attemptOf, closingOf, patchOf } from '../callbacks/drafts.js';
import { answerOf, changeAnswer, REFUSALS, whileStoreIsThere } from '../callbacks/outcomes.js';
import { readPrecondition } from '../callbacks/precondition.js';
import { noBody, noQuery, operation, type Input, type Operation } from '../operation.js';
import type { Result } from '../results.js';
import type { RestCaller, RestServices } from '../services.js';

const tag = 'Callbacks';

const success = {
  200: {
    description: 'The request as it is now.',
    body: { kind: 'event', name: 'CallbackChanged' },
  },
} as const;

const problems = {
  404: 'There is no such request, or you may not receive CallbackChanged of its list.',
  503: 'The store of the requests is away.',
};

const changeProblems = {
  ...problems,
  403: 'You may see the request, but not work on it.',
  409: 'The request is closed, or its list has another open one of that number.',
};

/** Callback requests, and the work on them. Every change is a CallbackChanged. */
export const callbackOperations: readonly Operation[] = [
  operation({
    id: 'getCallback',
    method: 'GET',
    path: '/callbacks/{callbackId}',
    tag,
    summary: 'A callback request',
    query: noQuery,
    body: noBody,
    success,
    problems,
    entityTag: true,
    handle({ caller, params: { callbackId = '' } }, services) {
      return whileStoreIsThere(async () => {
        const request = await services.callbacks.find(callbackId);
        return request !== undefined && services.reads.mayReadCallbacks(caller, request.callListId)
          ? answerOf(request, services)
          : REFUSALS['not-found'];
      });
    },
  }),
  operation({
    id: 'changeCallback',
    method: 'PATCH',
    path: '/callbacks/{callbackId}',
    tag,
    summary: 'Changes an open request',
    query: noQuery,
    body: callbackPatch,
    success,
    problems: changeProblems,
    precondition: 'required',
    handle: (input, services) =>
      change(input, services, 'required', (target) =>
        services.callbacks.update(target, patchOf(input.body, input.caller)),
      ),
  }),
  operation({
    id: 'addAttempt',
    method: 'POST',
    path: '/callbacks/{callbackId}/attempts',
    tag,
    summary: 'Tells of an attempt to reach the contact',
    query: noQuery,
    body: attemptBody,
    success,
    problems: changeProblems,
    precondition: 'optional',
    handle: (input, services) =>
      change(input, services, 'optional', (target) =>
        services.callbacks.addAttempt(target, attemptOf(input.body, input.caller)),
      ),
  }),
  operation({
    id: 'closeCallback',
    method: 'POST',
    path: '/callbacks/{callbackId}/close',
    tag,
    summary: 'Closes a request',
    query: noQuery,
    body: closingBody.nullish(),
    success,
    problems: changeProblems,
    precondition: 'optional',
    handle: (input, services) =>
      change(input, services, 'optional', (target) =>
        services.callbacks.close(target, closingOf(input.body, input.caller)),
      ),
  }),
  operation({
    id: 'reopenCallback',
    method: 'POST',
    path: '/callbacks/{callbackId}/reopen',
    tag,
    summary: 'Opens a closed request again',
    description: 'An expiry that has passed goes. An open request stays as it is.',
    query: noQuery,
    body: noBody,
    success,
    problems: {
      ...changeProblems,
      409: 'The list has another open request of that number.',
    },
    precondition: 'optional',
    handle: (input, services) =>
      change(input, services, 'optional', (target) => services.callbacks.reopen(target)),
  }),
];

/** Changes a request, when the caller may work on its list and the precondition holds. */
async function change(
  { caller, params, ifMatch }: Input<unknown, unknown> & { readonly caller: RestCaller },
  services: RestServices,
  need: 'optional' | 'required',
  make: (target: ChangeTarget) => Promise<ChangeOutcome>,
): Promise<Result> {
  const { callbackId: id = '' } = params;
  return whileStoreIsThere(async () => {
    const request = await services.callbacks.find(id);
    if (request === undefined) return REFUSALS['not-found'];
    const refusal = services.reads.callbackRefusal(caller, request.callListId);
    if (refusal !== undefined) return REFUSALS[refusal];
    const precondition = readPrecondition(ifMatch, need);
    if (!precondition.ok) return precondition.answer;
    const target = { id, expectedVersion: precondition.version, by: caller.id };
    return changeAnswer(await make(target), services);
  });
}
