import { describe, expect, it } from 'vitest';
import { refusingRule } from '../../../src/rte/access-policy.js';
import { roleOfAcl } from '../../../src/rte/login-role.js';
import { createDirectory, ids, organizationId } from './fixtures/directory.js';

describe('the role in a Wazo access control list', () => {
  it.each([
    ['is none without an entry', ['events.rte.#'], undefined],
    ['is the one that is named', ['rte.roles.supervisor'], 'supervisor'],
    ['is the highest of several', ['rte.roles.supervisor', 'rte.roles.admin'], 'admin'],
    ['is none by a wildcard', ['#', 'rte.#', 'rte.roles.*', 'rte.roles.#'], undefined],
    ['is none that is denied', ['rte.roles.admin', '!rte.roles.admin'], undefined],
    ['is none that a wildcard denies', ['rte.roles.admin', '!rte.#'], undefined],
    [
      'is the highest that is not denied',
      ['rte.roles.admin', 'rte.roles.supervisor', '!rte.roles.admin'],
      'supervisor',
    ],
    [
      'is none by another word',
      ['rte.roles.root', 'rte.roles.Admin', 'xrte.roles.admin'],
      undefined,
    ],
  ])('%s', (_what, acl, role) => {
    expect(roleOfAcl(acl, ids.ann)).toBe(role);
  });
});

describe('a role that the login gave', () => {
  const directory = createDirectory();
  const support = { type: 'Queue', id: ids.support } as const;
  const ruleFor = (
    id: string,
    loginRole: 'agent' | 'supervisor' | 'admin',
    entity: { readonly type: 'Queue' | 'User'; readonly id: string } = support,
  ) =>
    refusingRule(
      directory,
      { id, organizationId, loginRole },
      entity,
      entity.type === 'Queue' ? 'QueueStatus' : 'UserStatus',
    );

  it('counts in the place of the directory’s', () => {
    expect(ruleFor(ids.ann, 'agent')).toBe('role');
    expect(ruleFor(ids.ann, 'admin')).toBeUndefined();
    expect(ruleFor(ids.adam, 'agent')).toBe('role');
  });

  it('makes a supervisor of the queues only that name them', () => {
    const sales = { type: 'Queue', id: ids.sales } as const;
    expect(ruleFor(ids.ken, 'agent', sales)).toBe('role');
    expect(ruleFor(ids.ken, 'supervisor', sales)).toBeUndefined();
    expect(ruleFor(ids.ken, 'supervisor')).toBe('role');
  });

  it('never reaches beyond the organization', () => {
    expect(ruleFor(ids.ann, 'admin', { type: 'User', id: ids.eve })).toBe('organization');
    expect(ruleFor(ids.nobody, 'admin')).toBe('unknown');
  });
});
