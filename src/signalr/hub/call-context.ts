import type { CloseReason } from '../connections/close-reasons.js';
import type { MessageTemplate, SharedMessage } from '../protocol/shared-message.js';
import type { CallSlot } from './call-slots.js';
import type { ClientResultOptions, Clients, HubCaller, HubUser } from './hub-definition.js';

/** A connection as one call sees it: with the call's own signal and slot. */
export class CallContext<User extends HubUser> implements HubCaller<User> {
  readonly #connection: HubCaller<User>;
  readonly #slot: CallSlot | undefined;
  readonly #signal: AbortSignal | undefined;
  /** As many as the method asks for; undefined once the call is answered. */
  #afterAnswer: (() => void)[] | undefined = [];

  /** @param slot of the call, if it has one. @param signal of the call's stream */
  constructor(connection: HubCaller<User>, slot?: CallSlot, signal?: AbortSignal) {
    this.#connection = connection;
    this.#slot = slot;
    this.#signal = signal;
  }

  get connectionId(): string {
    return this.#connection.connectionId;
  }

  get user(): User {
    return this.#connection.user;
  }

  get query(): ReadonlyMap<string, string> {
    return this.#connection.query;
  }

  get signal(): AbortSignal {
    return this.#signal ?? this.#connection.signal;
  }

  get clients(): Clients<User> {
    return this.#connection.clients;
  }

  send(target: string, ...args: readonly unknown[]): void {
    this.#connection.send(target, ...args);
  }

  deliver(template: MessageTemplate, message: SharedMessage): void {
    this.#connection.deliver(template, message);
  }

  afterAnswer(run: () => void): void {
    if (this.#afterAnswer === undefined) run();
    else this.#afterAnswer.push(run);
  }

  whenDrained(): Promise<void> {
    return this.#connection.whenDrained();
  }

  /** Says that the call's answer is queued. */
  answered(): void {
    const waiting = this.#afterAnswer ?? [];
    this.#afterAnswer = undefined;
    for (const run of waiting) run();
  }

  invoke(target: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.invokeWith({}, target, ...args);
  }

  invokeWith(
    options: ClientResultOptions,
    target: string,
    ...args: readonly unknown[]
  ): Promise<unknown> {
    const ask = () => this.#connection.invokeWith(options, target, ...args);
    return this.#slot === undefined ? ask() : this.#slot.without(ask);
  }

  join(group: string): void {
    this.#connection.join(group);
  }

  leave(group: string): void {
    this.#connection.leave(group);
  }

  abort(): void {
    this.#connection.abort();
  }

  close(reason: CloseReason): void {
    this.#connection.close(reason);
  }
}
