import { describe, expect, it } from 'vitest';
import { LOGIN_KEY, LoginStore } from '../../../../src/wallboard/shell/login-store.js';
import { MemoryValues } from './memory-values.js';

function store() {
  const places = { device: new MemoryValues(), tab: new MemoryValues() };
  return { ...places, store: new LoginStore(places) };
}

const LOGIN = { userName: 'ann', secretKey: 'rsk1_x' };

describe('a login', () => {
  it.each(['device', 'tab'] as const)(
    'is kept in the %s when asked to, and only there',
    (where) => {
      const kept = store();
      kept.store.keep(LOGIN, where);
      expect(kept.store.read()).toEqual(LOGIN);
      expect(kept[where === 'tab' ? 'device' : 'tab'].size).toBe(0);
    },
  );

  it('takes the place of the one before, wherever that was', () => {
    const kept = store();
    kept.store.keep({ userName: 'bob', secretKey: 'rsk1_y' }, 'device');
    kept.store.keep(LOGIN, 'tab');
    expect(kept.device.size).toBe(0);
    expect(kept.store.read()).toEqual(LOGIN);
  });

  it('is forgotten everywhere', () => {
    const kept = store();
    kept.store.keep(LOGIN, 'device');
    kept.store.forget();
    expect([kept.store.read(), kept.device.size]).toEqual([undefined, 0]);
  });

  it('holds no more than name and key', () => {
    const kept = store();
    const more = { ...LOGIN, password: 'hunter2' };
    kept.store.keep(more, 'device');
    expect(kept.device.getItem(LOGIN_KEY)).not.toContain('hunter2');
  });

  it.each(['', '{', 'null', '[]', '{"userName":"ann"}', '{"userName":1,"secretKey":2}'])(
    'is none when there stands %s',
    (text) => {
      const kept = store();
      kept.device.setItem(LOGIN_KEY, text);
      expect(kept.store.read()).toBeUndefined();
    },
  );
});
