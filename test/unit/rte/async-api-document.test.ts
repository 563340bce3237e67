import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { asyncApiDocument } from '../../../src/rte/async-api-document.js';
import { createMessage, deliver } from '../../../src/rte/delivery.js';
import { createRteEvent } from '../../../src/rte/events/create-event.js';
import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import { hubMethodDocs } from '../../../src/rte/hub-documentation.js';
import { createRteParts } from '../../../src/rte/rte-parts.js';
import { createActiveSubscription } from '../../../src/rte/subscription.js';
import { createDirectory, ids, organizationId } from './fixtures/directory.js';
import { FakeCaller } from './fixtures/fake-caller.js';
import { RecordingLogger } from './fixtures/recording-logger.js';
import { RecordingMetrics } from './fixtures/recording-metrics.js';
import { silentAudit } from './fixtures/silent-audit.js';

const directory = createDirectory();
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(asyncApiDocument(), 'asyncapi.json');

const { hub } = createRteParts({
  bus: new InProcessEventBus(new RecordingLogger()),
  directory: { current: directory, onChange: () => () => undefined },
  metrics: new RecordingMetrics(),
  audit: silentAudit,
  logger: new RecordingLogger(),
  currentState: () => undefined,
  listExtensions: true,
  snapshotOnSubscribe: false,
  now: () => 0,
});

/** What of a message is not as the document says. */
function faults(message: string, payload: unknown): readonly unknown[] {
  const validate = ajv.compile({ $ref: `asyncapi.json#/components/messages/${message}/payload` });
  return validate(payload) ? [] : (validate.errors ?? []);
}

describe('the AsyncAPI document', () => {
  it('has every method of the hub, and no other', () => {
    expect(Object.keys(hubMethodDocs)).toEqual(Object.keys(hub.methods));
  });

  it.each([
    ['Subscribe', [{ EntityId: ids.ann, EventName: 'UserStatus' }]],
    ['Subscribe', [{ EntityId: ids.eve, EventName: 'userstatus' }]],
    ['Subscribe', [{ EntityId: '*', EventName: 'User*' }]],
    ['Unsubscribe', [{ EntityId: ids.ann, EventName: 'UserStatus' }]],
    ['UnsubscribeAll', undefined],
    ['AvailableSubscriptions', undefined],
    ['ActiveSubscriptions', undefined],
  ])('describes %s and its answer as they are', async (method, items) => {
    const caller = new FakeCaller('ann');
    const before = [ids.bob, '*'].map((EntityId) => ({ EntityId, EventName: 'User*' }));
    hub.methods['Subscribe']?.bind([before])(caller);
    const given = items === undefined ? [] : [items];
    const call = { type: 1, target: method, arguments: given, invocationId: '1' };
    expect(faults(method, call)).toEqual([]);
    const result = await hub.methods[method]?.bind(given)(caller);
    expect(faults(`${method}Result`, { type: 3, invocationId: '1', result })).toEqual([]);
  });

  it.each([[[null]], [[ids.nobody, [{ EntityId: '*', EventName: '*' }]]]])(
    'describes Resume of %j and its answer as they are',
    async (given) => {
      const call = { type: 1, target: 'Resume', arguments: given, invocationId: '1' };
      expect(faults('Resume', call)).toEqual([]);
      const result = await hub.methods['Resume']?.bind(given)(new FakeCaller('ann'));
      expect(faults('ResumeResult', { type: 3, invocationId: '1', result })).toEqual([]);
    },
  );

  it('describes a message as it arrives, and no other', () => {
    const caller = new FakeCaller('ann');
    const target = { organizationId, entityId: ids.sales, eventName: 'QueueStatus' } as const;
    const active = createActiveSubscription(caller, target, directory, 0);
    const origin = { organizationId, entityId: ids.sales, timestamp: 0 };
    const event = createRteEvent('QueueStatus', origin, { queueName: 'Sales' });
    deliver(active, event, createMessage(event, 0), new RecordingLogger());
    const [received] = caller.received;
    expect(faults('QueueStatus', received)).toEqual([]);
    expect(faults('UserStatus', received)).not.toEqual([]);
  });
});
