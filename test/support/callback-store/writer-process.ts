// A process that changes callback requests until it is killed. Tells on standard output, a line
// each, what it was promised (`kept`) and what it told (`told`); a pipe keeps that after its end.
import { writeSync } from 'node:fs';
import { createCallbackStore } from '../../../src/callbacks/index.js';
import { ATTEMPT_TYPE } from '../../../src/contact-center/index.js';
import { listId, people } from '../directory-fixture.js';
import { ServiceUnderTest } from './fixture.js';

const CHANGES = 1_000;
const WRITERS = 20;

function say(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

const [place = ''] = process.argv.slice(2);
const store = createCallbackStore(
  place.startsWith('postgres:')
    ? { kind: 'postgres', url: place }
    : { kind: 'embedded', folder: place },
);
const tested = new ServiceUnderTest(store);
tested.events.push = (...events) => {
  for (const { eventId, request } of events) {
    say({ told: eventId, id: request.id, version: request.version });
  }
  return 0;
};
await tested.service.open();
await Promise.all(Array.from({ length: WRITERS }, (_, writer) => change(writer)));
say({ done: true });

/** Makes a request, changes it, and so on with the next; each change waits until it was promised. */
async function change(writer: number): Promise<void> {
  const { service } = tested;
  for (let round = 0; round < CHANGES / WRITERS / 4; round += 1) {
    const contactNumber = `+${String(writer)}000${String(round)}`;
    const made = await service.create({ callListId: listId, contactNumber }, people.ann);
    if (made.kind !== 'created') throw new Error(`not created but ${made.kind}`);
    const { id } = made.request;
    say({ kept: id, version: 1 });
    const target = { id, expectedVersion: undefined, by: people.ann };
    for (const outcome of [
      () => service.update(target, { note: contactNumber }),
      () => service.addAttempt(target, { typeId: ATTEMPT_TYPE.busy }),
      () => service.close(target, {}),
    ]) {
      const changed = await outcome();
      if (changed.kind !== 'changed') throw new Error(`not changed but ${changed.kind}`);
      say({ kept: id, version: changed.request.version });
    }
  }
}
