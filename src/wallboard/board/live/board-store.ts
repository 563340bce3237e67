import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { RteEventData } from '../../../client/index.js';
import { AgentBook } from '../model/agent-book.js';
import type { AgentCallEvent } from '../model/agent-call.js';
import { type AgentGroup, groupOf } from '../model/agent-state.js';
import { type AgentView, isSameView } from '../model/agent-view.js';
import { CallbackBook, type CallbackEntry } from '../model/callback-book.js';
import { type QueueFigures, queueFigures } from '../model/queue-figures.js';
import { type AskFrame, OncePerFrame } from './once-per-frame.js';

/** Tells in which group of states an agent is. */
export type GroupOfAgent = (id: string) => AgentGroup;

/** Queues of whom something is kept. */
const MAX_QUEUES = 2_000;

/**
 * What the board has been told, in one signal for each thing that it shows. Events are taken at once
 * and shown with the next frame: a burst is one change of the page, and only what changed is drawn.
 */
export class BoardStore {
  readonly #agents = new AgentBook();
  readonly #callbacks = new CallbackBook();
  /** What was told last of each queue, shown or not yet. */
  readonly #queues = new Map<string, QueueFigures>();
  /**
   * One for each queue or agent that was asked for. Those of queues stay, as they are held elsewhere
   * and a queue may come back: as many as were ever on the roster.
   */
  readonly #queueSignals = new Map<string, Signal<QueueFigures | undefined>>();
  readonly #agentSignals = new Map<string, Signal<AgentView>>();
  readonly #changedQueues = new Set<string>();
  readonly #changedAgents = new Set<string>();
  readonly #frame: OncePerFrame;
  #haveCallbacksChanged = false;

  readonly #groups = signal<GroupOfAgent>((id) => this.#groupOf(id));
  /** Changes with the open callback requests. */
  readonly callbackChanges = signal(0);

  constructor(askFrame: AskFrame) {
    this.#frame = new OncePerFrame(() => this.#show(), askFrame);
  }

  /** What is shown of a queue; undefined while nothing was told of it. */
  queue(id: string): ReadonlySignal<QueueFigures | undefined> {
    return signalOf(this.#queueSignals, id, () => this.#queues.get(id));
  }

  /**
   * In which group of states each agent is: another function as soon as one is in another group.
   * Who asks it need not follow the agents' own signals, of which there are hundreds.
   */
  get groups(): ReadonlySignal<GroupOfAgent> {
    return this.#groups;
  }

  /** What was told of a queue last, shown or not: a page that nobody sees shows nothing new. */
  lastTold(queueId: string): QueueFigures | undefined {
    return this.#queues.get(queueId);
  }

  /** What is shown of an agent. */
  agent(id: string): ReadonlySignal<AgentView> {
    return signalOf(this.#agentSignals, id, () => this.#agents.view(id));
  }

  /** The open callback requests; `callbackChanges` says when they are others. */
  get callbacks(): Pick<CallbackBook, 'counts' | 'isCut' | 'isRead'> {
    return this.#callbacks;
  }

  takeQueueStatus(data: RteEventData<'QueueStatus'>): void {
    const known = this.#queues.get(data.queueId);
    if (known === undefined && this.#queues.size >= MAX_QUEUES) return;
    this.#queues.set(data.queueId, queueFigures(data, known));
    this.#changedQueues.add(data.queueId);
    this.#frame.request();
  }

  takeUserStatus(data: RteEventData<'UserStatus'>): void {
    this.#agents.takeStatus(data);
    this.#agentChanged(data.userId);
  }

  takeUserAvailability(data: RteEventData<'UserAvailability'>): void {
    this.#agents.takeAvailability(data);
    this.#agentChanged(data.userId);
  }

  takeCall(event: AgentCallEvent): void {
    this.#agents.takeCall(event);
    this.#agentChanged(event.userId);
  }

  takeCallback(entry: CallbackEntry): void {
    this.#callbacks.change(entry);
    this.#callbacksChanged();
  }

  /** Reads all open callback requests anew; what events tell meanwhile is not lost. */
  async readCallbacks(read: () => Promise<readonly CallbackEntry[]>): Promise<void> {
    this.#callbacks.beginReading();
    try {
      this.#callbacks.endReading(await read());
    } catch (error) {
      this.#callbacks.giveUpReading();
      throw error;
    }
    this.#callbacksChanged();
  }

  /** Events were missed; the states that the hub sends next are to be taken as they are. */
  missedEvents(): void {
    this.#agents.missedEvents();
  }

  /** Forgets the signals of agents who are on no roster any more. */
  keepAgents(ids: ReadonlySet<string>): void {
    for (const id of this.#agentSignals.keys()) if (!ids.has(id)) this.#agentSignals.delete(id);
  }

  /** Shows nothing more. */
  stop(): void {
    this.#frame.stop();
  }

  #groupOf(id: string): AgentGroup {
    return groupOf(this.agent(id).peek().state);
  }

  #agentChanged(userId: string): void {
    this.#changedAgents.add(userId);
    this.#frame.request();
  }

  #callbacksChanged(): void {
    this.#haveCallbacksChanged = true;
    this.#frame.request();
  }

  #show(): void {
    batch(() => {
      for (const id of this.#changedQueues) {
        const shown = this.#queueSignals.get(id);
        if (shown !== undefined) shown.value = this.#queues.get(id);
      }
      this.#showAgents();
      if (this.#haveCallbacksChanged) this.callbackChanges.value += 1;
    });
    this.#changedQueues.clear();
    this.#changedAgents.clear();
    this.#haveCallbacksChanged = false;
  }

  #showAgents(): void {
    let haveGroupsChanged = false;
    for (const id of this.#changedAgents) {
      const shown = this.#agentSignals.get(id);
      const view = this.#agents.view(id);
      if (shown === undefined || isSameView(shown.peek(), view)) continue;
      haveGroupsChanged ||= groupOf(shown.peek().state) !== groupOf(view.state);
      shown.value = view;
    }
    if (haveGroupsChanged) this.#groups.value = (id) => this.#groupOf(id);
  }
}

function signalOf<Value>(
  signals: Map<string, Signal<Value>>,
  id: string,
  first: () => Value,
): Signal<Value> {
  const known = signals.get(id);
  if (known !== undefined) return known;
  const made = signal(first());
  signals.set(id, made);
  return made;
}
