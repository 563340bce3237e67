import type { Directory, Organization, Queue, User } from '../../directory/types.js';

/**
 * Finds the directory's users and queues by the PBX's names for them. An extension number says nothing without
 * its tenant: several tenants have an extension 101.
 */
export class PortsipIndex {
  readonly #usersByExtension = new Map<string, User>();
  readonly #usersByExtensionId = new Map<string, User>();
  readonly #queuesByNumber = new Map<string, Queue>();
  readonly #queuesById = new Map<string, Queue>();
  readonly #queues: ReadonlyMap<string, Queue>;
  readonly #tenants: ReadonlySet<string>;
  /** Numbers of all users' extensions, each once. */
  readonly extensions: readonly string[];
  /** Numbers of all queues, each once. */
  readonly queues: readonly string[];

  constructor(directory: Directory) {
    this.#queues = directory.queues;
    const organizations = [...directory.organizations.values()];
    this.#tenants = new Set(organizations.flatMap((one) => tenantOf(one) ?? []));
    const extensions = new Set<string>();
    for (const user of directory.users.values()) {
      const tenantId = tenantOf(directory.organizations.get(user.organizationId));
      const { extension, extensionId } = user.portsip ?? {};
      if (tenantId === undefined) continue;
      if (extensionId !== undefined) {
        this.#usersByExtensionId.set(keyOf(tenantId, extensionId), user);
      }
      if (extension === undefined) continue;
      this.#usersByExtension.set(keyOf(tenantId, extension), user);
      extensions.add(extension);
    }
    this.extensions = [...extensions];
    this.queues = [...this.#addQueues(directory)];
  }

  /** The user whose extension it is; the id counts more than the number, which can be given anew. */
  userOf(
    tenantId: string | undefined,
    extension: { readonly number: string; readonly extensionId: string | undefined },
  ): User | undefined {
    if (tenantId === undefined) return undefined;
    const { number, extensionId = '' } = extension;
    const byId = this.#usersByExtensionId.get(keyOf(tenantId, extensionId));
    return byId ?? this.#usersByExtension.get(keyOf(tenantId, number));
  }

  /** Whether the tenant is one of the directory's organizations. */
  hasTenant(tenantId: string | undefined): boolean {
    return tenantId !== undefined && this.#tenants.has(tenantId);
  }

  /** The queue with that RTE id. */
  queueById(id: string): Queue | undefined {
    return this.#queues.get(id);
  }

  /** The queue that a message is about; the id counts more than the number. */
  queueOf(
    tenantId: string | undefined,
    {
      queueId = '',
      queueNumber = '',
    }: { readonly queueId?: string | undefined; readonly queueNumber?: string | undefined },
  ): Queue | undefined {
    if (tenantId === undefined) return undefined;
    const byId = this.#queuesById.get(keyOf(tenantId, queueId));
    return byId ?? this.#queuesByNumber.get(keyOf(tenantId, queueNumber));
  }

  /** Answers the numbers of the queues. */
  #addQueues(directory: Directory): ReadonlySet<string> {
    const numbers = new Set<string>();
    for (const queue of directory.queues.values()) {
      const tenantId = tenantOf(directory.organizations.get(queue.organizationId));
      if (queue.portsip === undefined || tenantId === undefined) continue;
      const { queueNumber, queueId } = queue.portsip;
      this.#queuesByNumber.set(keyOf(tenantId, queueNumber), queue);
      if (queueId !== undefined) this.#queuesById.set(keyOf(tenantId, queueId), queue);
      numbers.add(queueNumber);
    }
    return numbers;
  }
}

function tenantOf(organization: Organization | undefined): string | undefined {
  return organization?.portsip?.tenantId;
}

/** Neither ids nor numbers have a line feed. */
function keyOf(tenantId: string, name: string): string {
  return `${tenantId}\n${name}`;
}
