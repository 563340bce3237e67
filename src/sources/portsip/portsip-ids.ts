import { entityGuid } from '../../contact-center/index.js';

/** RFC 9562, appendix A: the name space of domain names. */
const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

/**
 * The RTE ids of what a PBX has only numbers for (portsip/wsi.md C.0): the same after a restart and
 * on every node, as long as the PBX keeps its name. An entity that the directory file names has the
 * file's id instead.
 */
export class PortsipIds {
  readonly #namespace: string;

  /** @param pbx what tells this PBX from others: the host name of its WSI */
  constructor(pbx: string) {
    this.#namespace = entityGuid(DNS, `portsip:${pbx.toLowerCase()}`);
  }

  /** The id of a tenant. */
  organization(tenantId: string): string {
    return this.#of('tenant', tenantId);
  }

  user(extensionId: string): string {
    return this.#of('ext', extensionId);
  }

  queue(queueId: string): string {
    return this.#of('queue', queueId);
  }

  /** The id of the call list of a queue. */
  callList(queueId: string): string {
    return this.#of('calllist', queueId);
  }

  /** The id of a call, over all its legs. */
  call(sessionId: string): string {
    return this.#of('session', sessionId);
  }

  /** The id of a presence that users choose, by its word: as RTE's profileId. */
  presence(word: string): string {
    return this.#of('presence', word);
  }

  #of(kind: string, name: string): string {
    return entityGuid(this.#namespace, `${kind}:${name}`);
  }
}
