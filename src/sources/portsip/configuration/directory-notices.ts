import type { MessageFrame } from '../client/wsi-connection.js';
import type { PortsipIndex } from '../portsip-index.js';
import type { PortsipMessage } from '../wsi/message-catalogue.js';
import type { ConfigurationPart } from './configuration.js';

/** Unknown extensions and queues that are remembered; a PBX that invents more is asked no more often. */
const MAX_UNKNOWN = 1000;

export interface DirectoryNoticesOptions {
  /** Who and what the directory has now. */
  readonly index: () => PortsipIndex;
  /** Has parts of the configuration read again. */
  readonly changed: (parts: readonly ConfigurationPart[]) => void;
}

interface ExtensionNamed {
  readonly tenantId: string | undefined;
  readonly extensionNumber: string | undefined;
  readonly extensionId: string | undefined;
}

interface QueueNamed {
  readonly tenantId: string | undefined;
  readonly queueNumber?: string | undefined;
  readonly queueId?: string | undefined;
}

/** Hears from the PBX's messages that the directory is not what the PBX has. */
export class DirectoryNotices {
  readonly #options: DirectoryNoticesOptions;
  /** What was unknown, and was asked for since the directory changed last. */
  readonly #asked = new Set<string>();

  constructor(options: DirectoryNoticesOptions) {
    this.#options = options;
  }

  /** Takes a message after it was applied. */
  take(frame: MessageFrame): void {
    if (frame.kind === 'event') this.#takeMessage(frame.message);
  }

  /** Forgets what was asked for: the directory is another now. */
  directoryChanged(): void {
    this.#asked.clear();
  }

  #takeMessage(message: PortsipMessage): void {
    const { changed } = this.#options;
    switch (message.kind) {
      case 'extension_created':
        if (!this.#hasExtension(message)) changed(['users', 'queues']);
        return;
      case 'extension_updated':
      case 'extension_destroyed':
        changed(['users', 'queues']);
        return;
      case 'queue_created':
        // A snapshot names all queues so, every five minutes.
        if (!this.#hasQueue(message)) changed(['queues']);
        return;
      case 'queue_updated':
      case 'queue_destroyed':
        changed(['queues']);
        return;
      case 'queue_agent_status':
        if (message.removedAgents.length > 0) changed(['queues']);
        this.#lookUpQueue(message);
        return;
      case 'queue_status':
      case 'queue_caller_status':
      case 'queue_sla_breached':
        this.#lookUpQueue(message);
        return;
      case 'extension_status':
        for (const one of message.status) this.#lookUpExtension(message.tenantId, one);
        return;
      case 'extension_call':
      case 'extension_presence':
      case 'extension_agent_status':
        this.#lookUpExtension(message.tenantId, message);
        return;
      case 'call_start':
      case 'call_update_info':
      case 'cdr_target':
      case 'call_cdr':
        // Most of their numbers are none of the PBX's.
        return;
    }
  }

  #lookUpExtension(tenantId: string | undefined, extension: Parameters<PortsipIndex['userOf']>[1]) {
    const { number, extensionId = number } = extension;
    if (this.#options.index().userOf(tenantId, extension) !== undefined) return;
    this.#askOnce(tenantId, `extension ${extensionId}`, ['users', 'queues']);
  }

  #lookUpQueue(queue: QueueNamed): void {
    if (this.#hasQueue(queue)) return;
    const { tenantId, queueNumber = '', queueId = queueNumber } = queue;
    this.#askOnce(tenantId, `queue ${queueId}`, ['queues']);
  }

  /** What REST does not have either must not be asked for with each message. */
  #askOnce(tenantId: string | undefined, name: string, parts: readonly ConfigurationPart[]): void {
    const unknown = `${tenantId ?? ''} ${name}`;
    if (this.#asked.has(unknown) || this.#asked.size >= MAX_UNKNOWN) return;
    this.#asked.add(unknown);
    this.#options.changed(parts);
  }

  #hasExtension({ tenantId, extensionNumber = '', extensionId }: ExtensionNamed): boolean {
    const extension = { number: extensionNumber, extensionId };
    return this.#options.index().userOf(tenantId, extension) !== undefined;
  }

  #hasQueue({ tenantId, queueNumber, queueId }: QueueNamed): boolean {
    return this.#options.index().queueOf(tenantId, { queueNumber, queueId }) !== undefined;
  }
}
