import { describe, expect, it } from 'vitest';
import { TopologyFault } from '../../../src/sources/wazo/amqp-topology.js';
import {
  connectionProblem,
  connectionTrouble,
} from '../../../src/sources/wazo/connection-problem.js';

const URL_WITH_SECRET = 'amqp://hub:s3cret@broker.example:5672/wazo?heartbeat=10';

describe('what is wrong with the broker', () => {
  it.each([
    ['a refused connection', new Error('connect ECONNREFUSED'), 'is away: connect ECONNREFUSED'],
    ['an error without a text', new TypeError(''), 'is away: TypeError'],
    [
      'several addresses that fail',
      new AggregateError([new Error('refused ::1'), 'refused 127.0.0.1']),
      'is away: refused ::1, refused 127.0.0.1',
    ],
    ['a topology that does not fit', new TopologyFault('has no exchange x'), 'has no exchange x'],
  ])('%s is told with the host and without credentials', (_what, error, problem) => {
    expect(connectionProblem(URL_WITH_SECRET, error)).toBe(
      `RabbitMQ at broker.example:5672: ${problem}`,
    );
  });

  it.each([
    ['connection-lost', new Error('connect ECONNREFUSED 192.0.2.1:403')],
    ['connection-lost', new AggregateError([new Error('refused ::1')])],
    ['misconfigured', new TopologyFault('the exchange "xivo" does not exist')],
    [
      'access-denied',
      new Error('Handshake terminated by server: 403 (ACCESS-REFUSED) with message "…"'),
    ],
  ])('is classed as %s', (trouble, error) => {
    expect(connectionTrouble(error)).toBe(trouble);
  });
});
