import { describe, expect, it } from 'vitest';

import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import { createRteEvent } from '../../../src/rte/events/create-event.js';
import { ids, organizationId } from './fixtures/directory.js';
import { RecordingLogger } from './fixtures/recording-logger.js';

const event = createRteEvent('UserStatus', { organizationId, entityId: ids.ann, timestamp: 0 }, {});

describe('the event bus', () => {
  it('hands each event to every listener until it leaves', () => {
    const bus = new InProcessEventBus(new RecordingLogger());
    const heard: string[] = [];
    const leave = bus.onEvent(() => heard.push('first'));
    bus.onEvent(() => heard.push('second'));
    bus.publish(event);
    leave();
    bus.publish(event);
    expect(heard).toEqual(['first', 'second', 'second']);
  });

  it('logs a listener that throws and goes on to the next', () => {
    const logger = new RecordingLogger();
    const bus = new InProcessEventBus(logger);
    const failure = new Error('broken listener');
    const heard: unknown[] = [];
    bus.onEvent(() => {
      throw failure;
    });
    bus.onEvent((given) => heard.push(given));
    bus.publish(event);
    expect(heard).toEqual([event]);
    expect(logger.errors).toEqual([
      {
        fields: { err: failure, event: 'UserStatus', entityId: ids.ann },
        message: 'event listener failed',
      },
    ]);
  });
});
