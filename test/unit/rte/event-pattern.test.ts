import { describe, expect, it } from 'vitest';

import { namesMatching, readEventName } from '../../../src/rte/event-pattern.js';
import { eventNames, extensionEventNames } from '../../../src/rte/events/event-catalogue.js';

const all = [...eventNames, ...extensionEventNames];

describe('the name of an event in a subscription', () => {
  it.each([
    ['userstatus', 'UserStatus'],
    ['UserCallIncoming', 'UserCallInComing'],
    ['*', '*'],
    ['usercall*', 'UserCall*'],
    ['USERCALLIN*', 'UserCallIn*'],
    ['UserStatus*', 'UserStatus*'],
    ['s*', 'S*'],
    ['nothing*', undefined],
    ['*status', undefined],
    ['user*status', undefined],
    ['**', undefined],
    ['', undefined],
  ])('%s is read as %s', (text, name) => {
    expect(readEventName(text)).toBe(name);
  });

  it.each([
    ['*', all],
    ['UserWrapUp*', ['UserWrapUpEnabled', 'UserWrapUpStarted', 'UserWrapUpTerminated']],
    ['queuecallintransfer*', eventNames.filter((name) => name.startsWith('QueueCallInTransfer'))],
    ['UserStatus', ['UserStatus']],
    ['User', []],
  ])('%s is for %j', (text, names) => {
    expect(namesMatching(text)).toEqual(names);
  });
});
