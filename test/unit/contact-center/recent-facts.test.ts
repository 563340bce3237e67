import { describe, expect, it } from 'vitest';
import { begun, salesWith, snapshotOf } from './snapshot-facts.js';
import { callerFacts, SECOND, Story } from './story.js';

const call = callerFacts('1.1');
const isEmpty = { queues: [salesWith()] };

describe('what events tell while a snapshot is fetched', () => {
  it('is noted for each snapshot on its own', () => {
    const story = new Story();
    story.tell({ ...begun, snapshotId: 'first' }, call.joined);
    story.tell({ ...begun, snapshotId: 'second' });
    story.tell({ ...snapshotOf(isEmpty), snapshotId: 'first' });
    expect(story.queue()).toMatchObject({ requesters: 1 });
    story.tell({ ...snapshotOf(isEmpty), snapshotId: 'second' });
    expect(story.queue()).toMatchObject({ requesters: 0 });
  });

  it('is what was told since the last beginning', () => {
    const story = new Story();
    story.tell(begun, call.joined, begun, snapshotOf(isEmpty));
    expect(story.queue()).toMatchObject({ requesters: 0 });
  });

  it('is noted until the snapshot comes, or for ten minutes', () => {
    const story = new Story();
    story.tell(begun, call.joined);
    expect(story.center.sizes()).toMatchObject({ recentFacts: 1 });
    story.tell(snapshotOf(isEmpty), call.left);
    expect(story.center.sizes()).toMatchObject({ recentFacts: 0 });
    story.tell(begun, call.joined);
    story.wait(600 * SECOND);
    story.center.sweep(story.now);
    expect(story.center.sizes()).toMatchObject({ recentFacts: 0 });
  });

  it('is noted of sixteen snapshots at most', () => {
    const story = new Story();
    for (let index = 0; index < 20; index += 1) {
      story.tell({ ...begun, snapshotId: String(index) });
    }
    story.tell(call.joined);
    expect(story.center.sizes()).toMatchObject({ recentFacts: 16, evictions: 4 });
  });
});
