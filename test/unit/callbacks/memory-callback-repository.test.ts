import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryCallbackRepository } from '../../../src/callbacks/memory-callback-repository.js';
import type { CallbackRequest } from '../../../src/contact-center/index.js';

const MAX_REQUESTS = 20_000;

let repository: MemoryCallbackRepository;

beforeEach(() => {
  repository = new MemoryCallbackRepository();
});

function requestOf(id: string, changes: Partial<CallbackRequest> = {}): CallbackRequest {
  return {
    id,
    callListId: 'list',
    organizationId: 'acme',
    typeId: 2,
    contactNumber: id,
    contactName: '',
    queueId: 'queue',
    channelIn: 'Sales',
    callId: id,
    creationTime: 0,
    modified: 0,
    isClosed: false,
    ...changes,
  };
}

describe('the repository in memory', () => {
  it('finds a request by its id, and an open one by list and number', async () => {
    const request = requestOf('a');
    await repository.save(request);
    expect(await repository.find('a')).toBe(request);
    expect(await repository.findOpen('list', 'a')).toBe(request);
    expect(await repository.findOpen('other list', 'a')).toBeUndefined();
    expect(await repository.find('b')).toBeUndefined();
  });

  it('replaces a request, and no longer finds it as open once it is closed', async () => {
    await repository.save(requestOf('a'));
    await repository.save(requestOf('a', { isClosed: true }));
    expect(repository.size).toBe(1);
    expect(await repository.findOpen('list', 'a')).toBeUndefined();
    expect(await repository.find('a')).toMatchObject({ isClosed: true });
  });

  it('keeps finding the open request when an older, closed one of that number changes', async () => {
    const closed = requestOf('a', { contactNumber: '+1', isClosed: true });
    const open = requestOf('b', { contactNumber: '+1' });
    await repository.save(closed);
    await repository.save(open);
    await repository.save({ ...closed, modified: 1 });
    expect(await repository.findOpen('list', '+1')).toBe(open);
  });

  it('holds twenty thousand: then the one that was changed longest ago goes', async () => {
    for (let id = 0; id < MAX_REQUESTS; id += 1) await repository.save(requestOf(String(id)));
    await repository.save(requestOf('0', { modified: 1 }));
    await repository.save(requestOf('one more'));
    expect(repository.size).toBe(MAX_REQUESTS);
    expect(await repository.find('1')).toBeUndefined();
    expect(await repository.findOpen('list', '1')).toBeUndefined();
    expect(await repository.find('0')).toBeDefined();
    expect(await repository.find('one more')).toBeDefined();
  });
});
