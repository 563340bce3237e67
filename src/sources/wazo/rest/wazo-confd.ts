import { z } from 'zod';
import type { Listing } from '../../listing.js';
import { confdId, list, uuid } from './rest-fields.js';
import type { ServiceCalls } from './service-calls.js';

const infos = z.object({ uuid });

const period = z.object({
  /** `HH:MM` in the schedule's time zone. */
  hours_start: z.string(),
  hours_end: z.string(),
  /** 1 is Monday. */
  week_days: z.array(z.number().int().min(1).max(7)).nullish(),
  month_days: z.array(z.number().int().min(1).max(31)).nullish(),
  months: z.array(z.number().int().min(1).max(12)).nullish(),
});

const schedule = z.object({
  id: confdId,
  tenant_uuid: uuid.nullish(),
  name: z.string().nullish(),
  /** IANA name; null means the server's. */
  timezone: z.string().nullish(),
  enabled: z.boolean().nullish(),
  open_periods: list(period),
  exceptional_periods: list(period),
});

const queue = z.object({
  id: confdId,
  tenant_uuid: uuid,
  /** Asterisk's name. */
  name: z.string().min(1),
  /** The name for people. */
  label: z.string().nullish(),
  /** Asterisk's options as pairs of texts, such as `["wrapuptime", "15"]`. */
  options: list(z.tuple([z.string(), z.string()])),
  extensions: list(z.object({ exten: z.string().nullish() })),
  schedules: list(z.object({ id: confdId })),
  members: z
    .object({ agents: list(z.object({ id: confdId })), users: list(z.object({ uuid })) })
    .nullish(),
});

const agent = z.object({
  id: confdId,
  tenant_uuid: uuid.nullish(),
  number: z.string(),
  queues: list(z.object({ id: confdId, name: z.string().nullish() })),
  users: list(z.object({ uuid })),
});

const service = z.object({ enabled: z.boolean() }).nullish();

const forward = z.object({ enabled: z.boolean(), destination: z.string().nullish() }).nullish();

const line = z.object({
  id: confdId,
  name: z.string().nullish(),
  endpoint_sip: z.object({ name: z.string().nullish() }).nullish(),
  endpoint_sccp: z.object({ id: confdId }).nullish(),
  endpoint_custom: z.object({ interface: z.string().nullish() }).nullish(),
});

const user = z.object({
  uuid,
  tenant_uuid: uuid,
  firstname: z.string().nullish(),
  lastname: z.string().nullish(),
  username: z.string().nullish(),
  email: z.string().nullish(),
  agent: z.object({ id: confdId }).nullish(),
  lines: list(line),
  services: z.object({ dnd: service, incallfilter: service }).nullish(),
  forwards: z.object({ busy: forward, noanswer: forward, unconditional: forward }).nullish(),
});

export type ConfdSchedule = z.infer<typeof schedule>;
export type ConfdQueue = z.infer<typeof queue>;
export type ConfdAgent = z.infer<typeof agent>;
export type ConfdUser = z.infer<typeof user>;

/** What is configured in Wazo, of all tenants. All methods throw WazoRestError. */
export class WazoConfd {
  readonly #calls: ServiceCalls;

  constructor(calls: ServiceCalls) {
    this.#calls = calls;
  }

  /** The uuid of this Wazo: the `origin_uuid` of its bus events. */
  async originUuid(): Promise<string> {
    return (await this.#calls.ask({ service: 'confd', path: ['infos'] }, infos)).uuid;
  }

  queues(): Promise<Listing<ConfdQueue>> {
    return this.#all('queues', queue);
  }

  agents(): Promise<Listing<ConfdAgent>> {
    return this.#all('agents', agent);
  }

  users(): Promise<Listing<ConfdUser>> {
    return this.#all('users', user);
  }

  schedules(): Promise<Listing<ConfdSchedule>> {
    return this.#all('schedules', schedule);
  }

  /** In the order of their ids, so that none is missed or doubled between pages. */
  #all<Item>(resource: string, schema: z.ZodType<Item>): Promise<Listing<Item>> {
    return this.#calls.listAll(
      { service: 'confd', path: [resource], query: { order: 'id' } },
      schema,
    );
  }
}
