import { expect, it } from 'vitest';
import { ConditionLog } from '../../../src/sources/condition-log.js';
import type { SourceCondition } from '../../../src/sources/source.js';
import { noLogger } from '../../support/no-logger.js';

const away = (detail: string): SourceCondition => ({
  state: 'down',
  trouble: 'starting',
  detail,
});

it('writes each change once, however often it is tried again', () => {
  const lines: string[] = [];
  const write = (fields: object, text: string): void => {
    lines.push(`${text} ${JSON.stringify(fields)}`);
  };
  const log = new ConditionLog({ ...noLogger, info: write, warn: write }, 'pbx');
  const up: SourceCondition = { state: 'up' };
  for (const one of [away('a'), away('a'), away('b'), up, up, away('b')]) log.note(one);
  expect(lines).toEqual([
    'source down {"source":"pbx","reason":"a"}',
    'source down {"source":"pbx","reason":"b"}',
    'source up {"source":"pbx"}',
    'source down {"source":"pbx","reason":"b"}',
  ]);
});
