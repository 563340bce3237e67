import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDirectory } from '../../../src/directory/index.js';
import { smallDirectory, testOptions } from './directory-fixture.js';

it('any JSON gives a directory or a list of faults, never an exception', async () => {
  const property = fc.asyncProperty(fc.jsonValue(), async (json) => {
    const result = await parseDirectory(json, testOptions);
    return result.ok || result.faults.length > 0;
  });
  await expect(fc.assert(property)).resolves.toBeUndefined();
});

const replacement = fc.record({
  section: fc.constantFrom('organizations', 'users', 'queues', 'callLists'),
  key: fc.constantFrom(
    'id',
    'organizationId',
    'members',
    'queueIds',
    'wazo',
    'role',
    'name',
    'schedule',
    'alerts',
  ),
  value: fc.jsonValue(),
});

it('a right file with any one value replaced gives a directory or faults with paths', async () => {
  const property = fc.asyncProperty(replacement, async ({ section, key, value }) => {
    const file = smallDirectory();
    const [first, ...rest] = file[section];
    const json = { ...file, [section]: [{ ...first, [key]: value }, ...rest] };
    const result = await parseDirectory(json, testOptions);
    return result.ok || result.faults.every(({ path }) => path !== '');
  });
  await expect(fc.assert(property)).resolves.toBeUndefined();
});
