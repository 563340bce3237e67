import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { people } from '../../support/directory-fixture.js';
import { IngestUnderTest, START } from './ingest-fixture.js';

const about = { at: START, userId: people.ann, enabled: true };
const data = { user_id: 40, user_uuid: people.ann, enabled: true };

let hub: IngestUnderTest;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a change of a setting in wazo-confd', () => {
  it('of do-not-disturb is a state, too', () => {
    expect(hub.translate({ name: 'users_services_dnd_updated', data }).events).toEqual([
      { kind: 'do-not-disturb-changed', ...about, source: 'wazo-confd' },
      { kind: 'setting-changed', ...about, setting: 'services.dnd', destination: '' },
    ]);
  });

  it('of the call filter is a setting only', () => {
    expect(hub.translate({ name: 'users_services_incallfilter_updated', data }).events).toEqual([
      { kind: 'setting-changed', ...about, setting: 'services.incallfilter', destination: '' },
    ]);
  });

  it.each(['busy', 'noanswer', 'unconditional'])('of the forward %s has a destination', (name) => {
    const event = {
      name: `users_forwards_${name}_updated`,
      data: { ...data, destination: '1234' },
    };
    expect(hub.translate(event).events).toEqual([
      { kind: 'setting-changed', ...about, setting: `forwards.${name}`, destination: '1234' },
    ]);
  });

  it('of a forward without a destination leads nowhere', () => {
    const event = {
      name: 'users_forwards_busy_updated',
      data: { ...data, enabled: false, destination: null },
    };
    expect(hub.translate(event).events).toMatchObject([{ enabled: false, destination: '' }]);
  });

  it('of somebody unknown is not ours', () => {
    const stranger = { ...data, user_uuid: '99999999-0000-4000-8000-000000000001' };
    expect(hub.translate({ name: 'users_forwards_busy_updated', data: stranger }).outcome).toBe(
      'unknown-entity',
    );
  });
});
