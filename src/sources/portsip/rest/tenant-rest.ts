import { z } from 'zod';
import type { Listing } from '../../listing.js';
import { count, flag, id, optionalId, optionalText, word } from '../wsi/fields.js';
import { queueStateOf } from '../wsi/words.js';
import type { PbxSession } from './pbx-session.js';
import { plainResourceId, resourceId } from './rest-fields.js';

const user = z
  .object({
    id: plainResourceId,
    name: optionalText,
    enabled: flag,
    email: optionalText,
    display_name: optionalText,
    extension_number: optionalId,
  })
  .transform((raw) => ({
    extensionId: raw.id,
    name: raw.name,
    /** Undefined when the PBX does not say. */
    enabled: raw.enabled,
    email: raw.email,
    displayName: raw.display_name,
    extensionNumber: raw.extension_number,
  }));

const queue = z
  .object({ id: resourceId, name: optionalText, extension_number: id })
  .transform((raw) => ({
    ...raw.id,
    name: raw.name,
    queueNumber: raw.extension_number,
  }));

/** What is undefined the PBX does not say, as before version 22.3. */
const queueSettings = z
  .object({ enable_wrap_up: flag, wrap_up_time: count, enable_night_mode: flag })
  .transform((raw) => ({
    wrapUpSeconds: raw.enable_wrap_up === false ? 0 : raw.wrap_up_time,
    /** The queue is closed: its callers are sent elsewhere at once. */
    nightMode: raw.enable_night_mode,
  }));

const queueState = z.object({ status: word(queueStateOf) }).transform((raw) => raw.status);

const agent = z.object({ extension_number: id }).transform((raw) => raw.extension_number);

const session = z.object({ id: plainResourceId }).transform((raw) => raw.id);

export type PbxUser = z.infer<typeof user>;
export type PbxQueue = z.infer<typeof queue>;
export type PbxQueueSettings = z.infer<typeof queueSettings>;
export type PbxQueueState = z.infer<typeof queueState>;

/** What one tenant of the PBX has. All methods throw PortsipRestError. */
export class TenantRest {
  readonly #session: PbxSession;

  constructor(pbxSession: PbxSession) {
    this.#session = pbxSession;
  }

  users(): Promise<Listing<PbxUser>> {
    return this.#session.listAll({ path: ['users'] }, user);
  }

  queues(): Promise<Listing<PbxQueue>> {
    return this.#session.listAll({ path: ['call_queues'] }, queue);
  }

  queueSettings({ pathId }: Pick<PbxQueue, 'pathId'>): Promise<PbxQueueSettings> {
    return this.#session.ask({ path: ['call_queues', pathId] }, queueSettings);
  }

  /** Whether a queue takes callers; undefined when the PBX does not say. */
  queueState({ pathId }: Pick<PbxQueue, 'pathId'>): Promise<PbxQueueState> {
    return this.#session.ask({ path: ['call_queues', pathId, 'status'] }, queueState);
  }

  /** Numbers of the extensions that serve a queue. */
  agents({ pathId }: Pick<PbxQueue, 'pathId'>): Promise<Listing<string>> {
    return this.#session.listAll({ path: ['call_queues', pathId, 'agents'] }, agent);
  }

  /** Ids of the sessions that run: a call has one from its start to its end. */
  sessions(): Promise<Listing<string>> {
    return this.#session.listAll({ path: ['sessions'] }, session);
  }
}
