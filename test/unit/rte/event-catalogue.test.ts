import { describe, expect, it } from 'vitest';

import {
  eventCatalogue,
  eventNames,
  extensionEventNames,
  findEventName,
} from '../../../src/rte/events/event-catalogue.js';
import { createRteEvent } from '../../../src/rte/events/create-event.js';
import { UNSET_DATE, ZERO_GUID } from '../../../src/rte/events/field-types.js';
import documented from './fixtures/event-fields.json' with { type: 'json' };
import { guidOf, organizationId } from './fixtures/directory.js';

const entityId = guidOf(11);
const origin = {
  organizationId,
  entityId,
  id: guidOf(7),
  timestamp: Date.UTC(2024, 0, 2, 3, 4, 5, 6),
};

/** The default of each kind of field in the fixture. */
const defaults = {
  guid: ZERO_GUID,
  'guid?': null,
  text: null,
  date: UNSET_DATE,
  'date?': null,
  int: 0,
  'int?': null,
  bool: false,
  dict: null,
  list: null,
  publicity: null,
  level: 'Undefined',
};

/** Fields of which the maker of an event says nothing, and which still have no default. */
const repeated: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  User: { organizationId, userId: entityId },
  Queue: { organizationId, queueId: entityId },
  CallList: { organizationId, callListId: entityId },
};

function isKind(kind: string | undefined): kind is keyof typeof defaults {
  return kind !== undefined && Object.hasOwn(defaults, kind);
}

function expectedData(name: (typeof eventNames)[number]): [string, unknown][] {
  const { entityType, ttlSeconds, fields } = documented[name];
  const base: Record<string, unknown> = {
    rootEntityType: 'Organization',
    rootEntityId: organizationId,
    eventType: name,
    entityType,
    entityId,
    id: origin.id,
    timestamp: '2024-01-02T03:04:05.006Z',
    messageTTLSeconds: ttlSeconds,
    ...repeated[entityType],
  };
  return fields.split(' ').map((field) => {
    const [fieldName = '', kind] = field.split(':');
    return [fieldName, fieldName in base || !isKind(kind) ? base[fieldName] : defaults[kind]];
  });
}

describe('the event catalogue', () => {
  it('has the 31 documented events in their order', () => {
    expect(eventNames).toEqual(Object.keys(documented));
    expect(eventNames).toHaveLength(31);
  });

  it.each(eventNames)('%s has its documented entity, kind and time to live', (name) => {
    const { entityType, kind, ttlSeconds } = documented[name];
    expect(eventCatalogue[name]).toMatchObject({ name, entityType, kind, ttlSeconds });
  });

  it.each(eventNames)('%s has all its fields, in order, each with its default', (name) => {
    const { data } = createRteEvent(name, origin, {});
    expect(Object.entries(data)).toEqual(expectedData(name));
  });

  it('knows a name in any letter case, so in each spelling of the documentation', () => {
    for (const name of [...eventNames, ...extensionEventNames]) {
      expect(findEventName(name)).toBe(name);
      expect(findEventName(name.toLowerCase())).toBe(name);
      expect(findEventName(name.toUpperCase())).toBe(name);
    }
    expect(findEventName('UserCallIncoming')).toBe('UserCallInComing');
  });

  it.each(['', 'UserStatus ', 'toString', '__proto__', 'UserContactCard'])(
    'knows no event %j',
    (text) => {
      expect(findEventName(text)).toBeUndefined();
    },
  );
});
