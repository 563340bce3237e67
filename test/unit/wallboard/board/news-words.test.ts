import { describe, expect, it } from 'vitest';
import { newsOf } from '../../../../src/wallboard/board/ui/news-words.js';

const QUEUES = [1, 2, 3, 4, 5, 6].map((number) => ({
  id: String(number),
  name: `Queue ${String(number)}`,
}));

describe('what screen readers are told of queues', () => {
  it('names some, and counts many', () => {
    const changes = QUEUES.map(({ id }) => ({
      id,
      severity: Number(id) > 4 ? ('critical' as const) : ('ok' as const),
    }));
    expect(newsOf(changes.slice(3, 5), QUEUES)).toBe('Queue 4: OK. Queue 5: Critical');
    expect(newsOf(changes, QUEUES)).toBe('6 queues have changed, 2 of them are critical');
  });
});
