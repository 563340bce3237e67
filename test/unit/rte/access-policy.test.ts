import { describe, expect, it } from 'vitest';
import { AccessRules } from '../../../src/rte/access-rules.js';
import {
  mayReceive,
  maySee,
  refusingRule,
  ruleAgainstCausing,
  ruleAgainstSeeing,
  type RefusingRule,
} from '../../../src/rte/access-policy.js';
import type { RteEventName } from '../../../src/rte/events/event-catalogue.js';
import {
  createDirectory,
  foreignOrganizationId,
  ids,
  organizationId,
  organizationOf,
  people,
  type PersonName,
} from './fixtures/directory.js';
import {
  allEventNames,
  entities,
  entityNames,
  expectedEvents,
  statusOnly,
  type EntityName,
} from './fixtures/policy.js';

const directory = createDirectory();

function caller(name: PersonName) {
  return { id: ids[name], organizationId: organizationOf(name) };
}

/** Every event that the policy lets the user have about the entity. */
function granted(name: PersonName, entity: EntityName): readonly string[] {
  return allEventNames.filter((event) =>
    mayReceive(directory, caller(name), entities[entity], event),
  );
}

const cases = people.flatMap((name) => entityNames.map((entity) => [name, entity] as const));

describe('the default access policy', () => {
  it.each(cases)('grants %s about %s exactly what its row says', (name, entity) => {
    expect(granted(name, entity)).toEqual(expectedEvents(name, entity));
  });

  it.each(cases)('lets %s see %s only with a right to some event', (name, entity) => {
    const isGranted = granted(name, entity).length > 0;
    expect(maySee(directory, caller(name), entities[entity])).toBe(isGranted);
  });

  it.each<[PersonName, RteEventName, EntityName[]]>([
    ['ann', 'UserAvailability', ['ann']],
    ['sue', 'UserAvailability', ['sue']],
    ['adam', 'UserAvailability', ['ann', 'bob', 'carl', 'sue', 'adam', 'ken']],
    ['ann', 'CallbackChanged', ['salesList']],
    ['sue', 'CallbackChanged', ['salesList']],
    ['ken', 'CallbackChanged', []],
    ['adam', 'CallbackChanged', ['salesList', 'supportList']],
    ['eve', 'CallbackChanged', ['foreignList']],
    ['adam', 'QueueStatus', []],
    ['adam', 'UserStatus', []],
  ])('lets %s cause %s of %j only', (name, event, expected) => {
    const caused = entityNames.filter(
      (entity) =>
        ruleAgainstCausing(directory, caller(name), entities[entity], event) === undefined,
    );
    expect(caused).toEqual(expected);
  });

  it('tells what keeps somebody from causing an event', () => {
    const access = new AccessRules({ acl: ['#.UserStatus'], me: ids.ann });
    const bound = { ...caller('ann'), access };
    const ruleFor = (who: typeof bound | ReturnType<typeof caller>, entity: EntityName) =>
      ruleAgainstCausing(directory, who, entities[entity], 'UserAvailability');
    expect(ruleFor(bound, 'ann')).toBe('acl');
    expect(ruleFor(caller('ann'), 'bob')).toBe('role');
    expect(ruleFor(caller('ann'), 'eve')).toBe('organization');
    expect(ruleFor(caller('ann'), 'nobody')).toBe('unknown');
  });

  it('gives nothing to a user who is no longer in the directory', () => {
    const ann = caller('ann');
    expect(mayReceive(directory, ann, entities.ann, 'UserStatus')).toBe(true);
    expect(mayReceive(createDirectory(['ann']), ann, entities.ann, 'UserStatus')).toBe(false);
  });

  it('gives nothing to a user whose token is of another organization than the directory says', () => {
    const moved = { id: ids.adam, organizationId: foreignOrganizationId };
    expect(mayReceive(directory, moved, entities.ann, 'UserStatus')).toBe(false);
    expect(mayReceive(directory, moved, entities.eve, 'UserStatus')).toBe(false);
    const atHome = { id: ids.adam, organizationId };
    expect(mayReceive(directory, atHome, entities.ann, 'UserStatus')).toBe(true);
  });
});

describe('the access rules of a caller', () => {
  it.each<[string, string[], EntityName, readonly string[]]>([
    ['that permit all leave the policy', ['#'], 'bob', statusOnly],
    ['that permit all grant nothing beyond it', ['#'], 'support', []],
    ['narrow it to one event', ['events.rte.users.#.UserStatus'], 'bob', ['UserStatus']],
    ['narrow it to the own user', ['events.rte.users.me.*'], 'bob', []],
    ['narrow it to users', ['events.rte.users.#'], 'sales', []],
    ['take away what they deny', ['#', '!#.UserStatus'], 'bob', ['UserAvailability']],
    ['that are none take away all', [], 'sue', []],
  ])('%s', (_what, acl, entity, events) => {
    const sue = { ...caller('sue'), access: new AccessRules({ acl, me: ids.sue }) };
    const ref = entities[entity];
    expect(allEventNames.filter((event) => mayReceive(directory, sue, ref, event))).toEqual(events);
    expect(maySee(directory, sue, ref)).toBe(events.length > 0);
  });
});

describe('the rule that refuses', () => {
  const denied = { access: new AccessRules({ acl: ['!#.QueueStatus', '#'], me: ids.ann }) };

  it.each<[string, object, EntityName, RteEventName, RefusingRule | undefined]>([
    ['is none where the policy grants', {}, 'sales', 'QueueStatus', undefined],
    ['is that the entity is unknown', {}, 'nobody', 'UserStatus', 'unknown'],
    ['is that the caller is unknown', { id: ids.nobody }, 'ann', 'UserStatus', 'unknown'],
    ['is that entities of its kind have no such event', {}, 'ann', 'QueueStatus', 'unknown'],
    ['is the organization of the entity', {}, 'eve', 'UserStatus', 'organization'],
    [
      'is the organization that the caller came from',
      { organizationId: foreignOrganizationId },
      'ann',
      'UserStatus',
      'organization',
    ],
    ['is the role', {}, 'support', 'QueueStatus', 'role'],
    ['is the access control list', denied, 'sales', 'QueueStatus', 'acl'],
    ['is not the access control list where it permits', denied, 'ann', 'UserStatus', undefined],
  ])('%s', (_what, changes, entity, event, rule) => {
    const ann = { ...caller('ann'), ...changes };
    expect(refusingRule(directory, ann, entities[entity], event)).toBe(rule);
  });

  it('of all events about an entity is told too', () => {
    const rules = new AccessRules({ acl: ['!#.queues.#', '#'], me: ids.ann });
    const ann = { ...caller('ann'), access: rules };
    expect(ruleAgainstSeeing(directory, ann, entities.sales)).toBe('acl');
    expect(ruleAgainstSeeing(directory, ann, entities.support)).toBe('role');
    expect(ruleAgainstSeeing(directory, ann, entities.eve)).toBe('organization');
    expect(ruleAgainstSeeing(directory, ann, entities.nobody)).toBe('unknown');
    expect(ruleAgainstSeeing(directory, ann, entities.ann)).toBeUndefined();
  });
});
