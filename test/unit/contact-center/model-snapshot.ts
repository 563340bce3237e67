import type {
  CallsSnapshot,
  ExistingUserSnapshot,
  ExistingQueueSnapshot,
  Snapshot,
} from '../../../src/contact-center/index.js';
import {
  type ModelCaller,
  type ModelCenter,
  modelQueues,
  modelUsers,
  phoneCall,
  wrapUpSeconds,
} from './model-center.js';
import { callerIs } from './snapshot-facts.js';

/** All that is so in the model now, as its services would answer. */
export function snapshotOfModel(model: ModelCenter): Omit<Snapshot, 'kind' | 'at' | 'snapshotId'> {
  return {
    queues: modelQueues.map((queueId) => queueIs(model, queueId)),
    agents: model.agents.map(({ member, logins }) => ({ member, loggedIn: logins.size > 0 })),
    calls: callsAre(model),
    users: modelUsers.map((userId) => userIs(model, userId)),
  };
}

function queueIs(model: ModelCenter, queueId: string): ExistingQueueSnapshot {
  const callers = [...model.callers.values()].filter((caller) => caller.queueId === queueId);
  const members = model.agents.flatMap((agent) => {
    const login = agent.logins.get(queueId);
    if (login === undefined) return [];
    const facts = model.factsOf(agent, queueId);
    return [{ member: agent.member, facts, wrapUp: model.wrapUpOf(login) }];
  });
  const waiting = callers
    .filter(({ talk }) => talk === undefined)
    .map((caller) => ({
      ...callerIs(caller.legId).waiting(),
      joinedAt: caller.joinedAt,
      ringing: caller.offers.map((offer) => ({
        offerId: offerId(caller, offer),
        member: offer.agent.member,
        memberNumber: '1042',
      })),
    }));
  const connected = callers.flatMap((caller) => {
    const { talk, joinedAt, legId } = caller;
    if (talk === undefined) return [];
    const isConnected = callerIs(legId).connected(talk.agent.member, talk.at);
    const seconds = wrapUpSeconds[queueId] ?? 0;
    return [{ ...isConnected, offerId: offerId(caller, talk), joinedAt, wrapUpSeconds: seconds }];
  });
  return { queueId, exists: true, members, waiting, connected };
}

function callsAre(model: ModelCenter): CallsSnapshot {
  const callers = [...model.callers.values()];
  const offers = callers.flatMap((caller) =>
    [...caller.offers, ...(caller.talk ? [caller.talk] : [])].map((one) => offerId(caller, one)),
  );
  return {
    userIds: modelUsers,
    queueIds: modelQueues,
    legs: Array.from(model.phones.values(), ({ legId, userId, callId, state, held }) => {
      const call = { ...phoneCall, callId, answered: state === 'up' };
      return { legId, userId, state, held, call };
    }),
    otherLegIds: [...callers.map(({ legId }) => legId), ...offers],
    parked: Array.from(model.parked, ([legId, userId]) => ({ legId, userIds: [userId] })),
  };
}

function userIs(model: ModelCenter, userId: string): ExistingUserSnapshot {
  const availability = model.away.get(userId) === true ? 'Away' : 'Available';
  const terminals = { phone: model.terminals.get(userId) === true };
  return {
    userId,
    exists: true,
    presence: { availability, note: '', source: 'model', terminals },
    doNotDisturb: { enabled: model.disturbed.get(userId) === true, source: 'model' },
  };
}

function offerId({ legId }: ModelCaller, offer: ModelCaller['offers'][number]): string {
  return `${legId} ${offer.agent.member.memberId}${offer.attempt}`;
}
