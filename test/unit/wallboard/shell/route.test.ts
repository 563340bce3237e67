import { describe, expect, it } from 'vitest';
import { pathOfView, viewOfPath, viewsFor } from '../../../../src/wallboard/shell/route.js';

describe('the view of a path', () => {
  it.each([
    ['/', '/', 'board'],
    ['/me', '/', 'me'],
    ['/Me/', '/', 'me'],
    ['/admin', '/', 'admin'],
    ['/admin/x', '/', 'board'],
    ['/hub/', '/hub/', 'board'],
    ['/hub/admin/', '/hub/', 'admin'],
  ])('%s below %s is %s', (path, base, view) => {
    expect(viewOfPath(path, base)).toBe(view);
  });

  it.each(['board', 'me', 'admin'] as const)('of a link to %s is that view', (view) => {
    for (const base of ['/', '/hub/']) {
      expect(viewOfPath(pathOfView(view, base), base)).toBe(view);
    }
  });
});

describe('the console', () => {
  it.each([
    ['agent', false],
    ['supervisor', false],
    ['admin', true],
  ] as const)('of %s: %s', (role, isThere) => {
    expect(viewsFor(role).includes('admin')).toBe(isThere);
  });
});
