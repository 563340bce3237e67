import type { DomainEvent, MemberRef } from '../../../src/contact-center/index.js';
import { callerFacts, doNotDisturb, type Fact, loggedOff, SECOND, START } from './story.js';

// A small contact center that is true: what happens there, of which events may get lost.

/** Queues of the model, by the seconds that an agent wraps up after their calls. */
export const wrapUpSeconds: Readonly<Record<string, number>> = { first: 30, second: 0, third: 8 };

export const modelQueues: readonly string[] = Object.keys(wrapUpSeconds);

/** The last two users share the last agent; `nobody` has no agent. */
export const modelUsers = ['u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'nobody'] as const;

interface Login {
  paused: boolean;
  lastPause: number;
  readonly loginTime: number;
  wrapUp: { start: number; end: number } | null;
}

export interface ModelAgent {
  readonly member: MemberRef;
  readonly logins: Map<string, Login>;
}

export interface ModelOffer {
  readonly agent: ModelAgent;
  readonly attempt: string;
}

/** A caller's leg, in a queue or on the way to another. */
export interface ModelCaller {
  readonly legId: string;
  queueId: string | undefined;
  joinedAt: number;
  offers: ModelOffer[];
  talk: (ModelOffer & { readonly at: number }) | undefined;
}

export interface ModelPhone {
  readonly legId: string;
  readonly callId: string;
  readonly userId: string;
  readonly agent: ModelAgent | undefined;
  state: 'ringing' | 'up';
  held: boolean;
}

export const phoneCall = {
  role: 'callee',
  rings: true,
  callerNumber: '+1',
  targetNumber: '',
  userNumber: '1042',
} as const;

/** One thing that happens, to the entry that `pick` chooses of those to whom it can, after `wait` ms. */
export interface Action {
  readonly name: ActionName;
  readonly pick: number;
  readonly wait: number;
}

type ActionName = (typeof actionNames)[number];

/** Busy things come several times, so that histories are full of calls. */
export const actionNames = [
  ...(['login', 'login', 'logOff', 'pause', 'resume'] as const),
  ...(['arrive', 'arrive', 'arrive', 'ring', 'ring', 'ringAll', 'noAnswer'] as const),
  ...(['answer', 'answer', 'complete', 'giveUp', 'timeOut', 'leave', 'rejoin', 'hangUp'] as const),
  ...(['phoneRings', 'phoneAnswers', 'phoneIsHeld', 'phoneEnds', 'park', 'unpark'] as const),
  ...(['disturb', 'present', 'terminal'] as const),
] as const;

/** Everything that is so, and the events that each action leads to. */
export class ModelCenter {
  now = START;
  readonly agents: readonly ModelAgent[] = [['u0'], ['u1'], ['u2'], ['u3'], ['u4', 'u5']].map(
    (userIds, index) => ({
      member: { memberId: `agent ${String(index)}`, userIds },
      logins: new Map<string, Login>(),
    }),
  );
  readonly callers = new Map<string, ModelCaller>();
  readonly phones = new Map<string, ModelPhone>();
  readonly parked = new Map<string, string>();
  readonly disturbed = new Map<string, boolean>();
  readonly away = new Map<string, boolean>();
  readonly terminals = new Map<string, boolean>();
  #facts: Fact[] = [];
  #names = 0;

  /** Lets the action happen, if it can; answers the events that tell of it. */
  act({ name, pick, wait }: Action): DomainEvent[] {
    this.now += wait;
    this.#facts = [];
    this.#do(name, pick);
    return this.#facts.map((fact) => ({ ...fact, at: this.now }));
  }

  device({ member }: ModelAgent): 'idle' | 'ringing' | 'in-use' {
    const legs = [...this.phones.values()].filter((phone) => phone.agent?.member === member);
    if (legs.some(({ state }) => state === 'up')) return 'in-use';
    return legs.length > 0 ? 'ringing' : 'idle';
  }

  wrapUpOf({ wrapUp }: Login): { start: number; end: number } | null {
    return wrapUp !== null && wrapUp.end > this.now ? wrapUp : null;
  }

  #do(name: ActionName, pick: number): void {
    const { agents, phones } = this;
    const waiting = this.#callers((caller) => caller.queueId !== undefined && !caller.talk);
    switch (name) {
      case 'login':
        return choose(this.#logins(false), pick, (one) => this.#login(one));
      case 'logOff':
        return choose(this.#logins(true), pick, (one) => this.#logOff(one));
      case 'pause':
      case 'resume':
        return choose(this.#logins(true), pick, (one) => this.#pause(one, name === 'pause'));
      case 'arrive':
        return choose(modelQueues, pick, (queueId) =>
          this.#arrive(this.#newName('caller'), queueId),
        );
      case 'ring':
        return choose(waiting, pick, (caller) => {
          choose(this.#free(caller), pick, (agent) => this.#offer(caller, agent));
        });
      case 'ringAll':
        return choose(waiting, pick, (caller) => {
          for (const agent of this.#free(caller)) this.#offer(caller, agent);
        });
      case 'noAnswer':
        return choose(this.#offers(), pick, (one) => this.#noAnswer(one));
      case 'answer':
        return choose(this.#offers(), pick, (one) => this.#answer(one));
      case 'complete':
        return choose(
          this.#callers(({ talk }) => talk !== undefined),
          pick,
          (one) => this.#complete(one),
        );
      case 'giveUp':
        return choose(waiting, pick, (caller) => {
          this.#letGo(caller, ['abandoned', 'left']);
          this.#hangUp(caller);
        });
      case 'timeOut':
        return choose(waiting, pick, (caller) => this.#letGo(caller, ['abandoned', 'left']));
      case 'leave':
        return choose(waiting, pick, (caller) => this.#letGo(caller, ['left']));
      case 'rejoin':
        return choose(this.#callers(isBetween), pick, ({ legId }) =>
          choose(modelQueues, pick, (queueId) => this.#arrive(legId, queueId)),
        );
      case 'hangUp':
        return choose(this.#callers(isBetween), pick, (caller) => this.#hangUp(caller));
      case 'phoneRings':
        return choose(modelUsers, pick, (userId) => this.#call(userId, agents));
      case 'phoneAnswers':
        return choose(direct(phones, 'ringing'), pick, (phone) => this.#phone(phone, 'up'));
      case 'phoneIsHeld':
        return choose(direct(phones, 'up'), pick, (phone) => {
          phone.held = !phone.held;
          this.#tell({ kind: 'leg-held', legId: phone.legId, held: phone.held });
        });
      case 'phoneEnds':
        return choose([...direct(phones, 'up'), ...direct(phones, 'ringing')], pick, ({ legId }) =>
          this.#endPhone(legId),
        );
      case 'park':
        return choose(modelUsers, pick, (userId) => {
          const legId = this.#newName('parked');
          this.parked.set(legId, userId);
          this.#tell({ kind: 'call-parked', legId, userIds: [userId] });
        });
      case 'unpark':
        return choose([...this.parked.keys()], pick, (legId) => {
          this.parked.delete(legId);
          this.#tell({ kind: 'call-unparked', legId });
        });
      case 'disturb':
        return choose(modelUsers, pick, (userId) => {
          const enabled = toggle(this.disturbed, userId);
          this.#tell(doNotDisturb(userId, enabled));
        });
      case 'present':
        return choose(modelUsers, pick, (userId) => {
          const availability = toggle(this.away, userId) ? 'Away' : 'Available';
          this.#tell({ kind: 'presence-changed', userId, availability, note: '', source: 'model' });
        });
      case 'terminal':
        return choose(modelUsers, pick, (userId) => {
          const registered = toggle(this.terminals, userId);
          this.#tell({ kind: 'terminal-changed', userId, terminalId: 'phone', registered });
        });
    }
  }

  #logins(isIn: boolean): Place[] {
    return this.agents.flatMap((agent) =>
      modelQueues
        .filter((queueId) => agent.logins.has(queueId) === isIn)
        .map((queueId) => ({ agent, queueId })),
    );
  }

  #callers(isWanted: (caller: ModelCaller) => boolean): ModelCaller[] {
    return [...this.callers.values()].filter(isWanted);
  }

  #offers(): { caller: ModelCaller; offer: ModelOffer }[] {
    return [...this.callers.values()].flatMap((caller) =>
      caller.offers.map((offer) => ({ caller, offer })),
    );
  }

  #free({ queueId }: ModelCaller): ModelAgent[] {
    return this.agents.filter((agent) => {
      const login = queueId === undefined ? undefined : agent.logins.get(queueId);
      return login?.paused === false && !this.wrapUpOf(login) && this.device(agent) === 'idle';
    });
  }

  #login({ agent, queueId }: Place): void {
    const loginTime = Math.floor(this.now / SECOND);
    const isFirst = agent.logins.size === 0;
    agent.logins.set(queueId, { paused: false, lastPause: 0, loginTime, wrapUp: null });
    const { member } = agent;
    this.#tell({
      kind: 'queue-member-added',
      queueId,
      member,
      facts: this.factsOf(agent, queueId),
    });
    if (isFirst) this.#tell({ kind: 'agent-login-changed', member, loggedIn: true });
  }

  #logOff({ agent, queueId }: Place): void {
    agent.logins.delete(queueId);
    this.#tell(loggedOff(agent.member, queueId));
    if (agent.logins.size > 0) return;
    this.#tell({ kind: 'agent-login-changed', member: agent.member, loggedIn: false });
  }

  #pause({ agent, queueId }: Place, paused: boolean): void {
    const login = agent.logins.get(queueId);
    if (login === undefined) return;
    login.paused = paused;
    if (paused) login.lastPause = Math.floor(this.now / SECOND);
    this.#tellMember(agent, queueId);
  }

  #arrive(legId: string, queueId: string): void {
    this.callers.set(legId, { legId, queueId, joinedAt: this.now, offers: [], talk: undefined });
    const { announced, joined } = callerFacts(legId, queueId);
    this.#tell(announced, joined);
  }

  #offer(caller: ModelCaller, agent: ModelAgent): void {
    const offer = { agent, attempt: ` ${this.#newName('try')}` };
    caller.offers.push(offer);
    for (const login of agent.logins.values()) login.wrapUp = null;
    this.#tell(factsOf(caller).offered(agent.member, offer.attempt));
    const [userId = ''] = agent.member.userIds;
    const phone = { legId: phoneOf(caller, offer), callId: `call ${caller.legId}`, userId, agent };
    this.#phone({ ...phone, state: 'ringing', held: false }, 'ringing');
  }

  #noAnswer({ caller, offer }: { caller: ModelCaller; offer: ModelOffer }): void {
    caller.offers = caller.offers.filter((one) => one !== offer);
    this.#tell(factsOf(caller).offerEnded(offer.agent.member, offer.attempt));
    this.#endPhone(phoneOf(caller, offer));
  }

  #answer({ caller, offer }: { caller: ModelCaller; offer: ModelOffer }): void {
    const facts = factsOf(caller);
    const others = caller.offers.filter((one) => one !== offer);
    caller.offers = [];
    caller.talk = { ...offer, at: this.now };
    this.#tell(facts.left);
    const seconds = wrapUpSeconds[caller.queueId ?? ''];
    this.#tell(facts.connected(offer.agent.member, offer.attempt, seconds));
    const phone = this.phones.get(phoneOf(caller, offer));
    if (phone !== undefined) this.#phone(phone, 'up');
    for (const other of others) this.#endPhone(phoneOf(caller, other));
  }

  #complete(caller: ModelCaller): void {
    const { queueId, talk } = caller;
    if (queueId === undefined || talk === undefined) return;
    const seconds = wrapUpSeconds[queueId] ?? 0;
    const login = talk.agent.logins.get(queueId);
    const end = this.now + seconds * SECOND;
    if (login !== undefined && seconds > 0) login.wrapUp = { start: this.now, end };
    this.#tell(factsOf(caller).completed(talk.agent.member, seconds));
    this.#endPhone(phoneOf(caller, talk));
    this.#hangUp(caller);
  }

  #letGo(caller: ModelCaller, facts: readonly ('abandoned' | 'left')[]): void {
    for (const fact of facts) this.#tell(factsOf(caller)[fact]);
    for (const offer of caller.offers) this.#endPhone(phoneOf(caller, offer));
    caller.offers = [];
    caller.queueId = undefined;
  }

  #hangUp({ legId }: ModelCaller): void {
    this.callers.delete(legId);
    this.#tell({ kind: 'channel-ended', legId });
  }

  #call(userId: string, agents: readonly ModelAgent[]): void {
    const legId = this.#newName('phone');
    const agent = agents.find(({ member }) => member.userIds.includes(userId));
    const callId = `call ${legId}`;
    this.#phone({ legId, callId, userId, agent, state: 'ringing', held: false }, 'ringing');
  }

  #phone(phone: ModelPhone, state: ModelPhone['state']): void {
    phone.state = state;
    this.phones.set(phone.legId, phone);
    const { legId, userId, callId, agent } = phone;
    this.#tell({ kind: 'leg-changed', legId, userId, state, call: { ...phoneCall, callId } });
    if (agent !== undefined) this.#tellDevice(agent);
  }

  #endPhone(legId: string): void {
    const phone = this.phones.get(legId);
    this.phones.delete(legId);
    this.#tell({ kind: 'channel-ended', legId });
    if (phone?.agent !== undefined) this.#tellDevice(phone.agent);
  }

  #tellDevice(agent: ModelAgent): void {
    for (const queueId of agent.logins.keys()) this.#tellMember(agent, queueId);
  }

  #tellMember(agent: ModelAgent, queueId: string): void {
    const { member } = agent;
    const facts = this.factsOf(agent, queueId);
    this.#tell({ kind: 'queue-member-changed', queueId, member, facts });
  }

  /** What the telephony system says of the agent in the queue at each occasion. */
  factsOf(agent: ModelAgent, queueId: string) {
    const { paused, lastPause, loginTime } = agent.logins.get(queueId) ?? NO_LOGIN;
    return { paused, lastPause, loginTime, device: this.device(agent) };
  }

  #newName(kind: string): string {
    this.#names += 1;
    return `${kind} ${String(this.#names)}`;
  }

  #tell(...facts: readonly Fact[]): void {
    this.#facts.push(...facts);
  }
}

interface Place {
  readonly agent: ModelAgent;
  readonly queueId: string;
}

const NO_LOGIN: Login = { paused: false, lastPause: 0, loginTime: 0, wrapUp: null };

function isBetween({ queueId }: ModelCaller): boolean {
  return queueId === undefined;
}

function direct(phones: ReadonlyMap<string, ModelPhone>, state: ModelPhone['state']) {
  return [...phones.values()].filter(
    (one) => one.callId === `call ${one.legId}` && one.state === state,
  );
}

function factsOf({ legId, queueId }: ModelCaller) {
  return callerFacts(legId, queueId);
}

function phoneOf({ legId }: ModelCaller, { agent, attempt }: ModelOffer): string {
  return `phone of ${legId} ${agent.member.memberId}${attempt}`;
}

function toggle(flags: Map<string, boolean>, key: string): boolean {
  const next = flags.get(key) !== true;
  flags.set(key, next);
  return next;
}

function choose<T>(candidates: readonly T[], pick: number, act: (chosen: T) => void): void {
  const chosen = candidates[pick % Math.max(candidates.length, 1)];
  if (chosen !== undefined) act(chosen);
}
