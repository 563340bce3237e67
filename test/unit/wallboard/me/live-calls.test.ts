import { describe, expect, it } from 'vitest';
import { followCalls } from '../../../../src/wallboard/me/calls/live-calls.js';
import { statusIs } from '../../../support/client-status.js';
import { FakeHub, resumed } from '../../client/fake-hub.js';
import { guidOf, ME, statusAt } from './me-events.js';

describe('the own status', () => {
  it('is the newest that was told, but after a gap whatever comes', async () => {
    const hub = new FakeHub();
    hub.method('Resume', (id, items) =>
      resumed(items, guidOf(1), id === null ? 'nothing-to-resume' : 'unknown'),
    );
    const client = hub.client();
    const live = followCalls(client, ME);
    await client.start();
    const tell = (seconds: number, talking: boolean): void =>
      hub.link.send('UserStatus', guidOf(2), { ...statusAt(seconds, { talking }), entityId: ME });
    tell(60, false);
    tell(30, true);
    expect(live.status.value?.fields.talking).toBe(false);

    // A hub in the place of the first, whose clock is behind.
    hub.link.cut();
    await statusIs(client, 'reconnecting');
    hub.timers.advance(1000);
    await statusIs(client, 'connected');
    expect(live.status.value?.fields.talking).toBe(false);
    tell(30, true);
    expect(live.status.value?.fields.talking).toBe(true);
    await client.stop();
  });
});
