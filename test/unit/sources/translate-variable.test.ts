import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bindings } from '../../../src/sources/wazo/events/event-table.js';
import { IngestUnderTest, START } from './ingest-fixture.js';

let hub: IngestUnderTest;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest();
});

afterEach(() => {
  vi.useRealTimers();
});

function variable(Variable: string, Value: string) {
  return { name: 'VarSet', data: { Uniqueid: '1.1', Linkedid: '1.1', Variable, Value } };
}

describe('the variable QUEUESTATUS', () => {
  it.each([
    ['TIMEOUT', 'no-agent'],
    ['JOINEMPTY', 'no-agent'],
    ['LEAVEEMPTY', 'no-agent'],
    ['FULL', 'full'],
    ['DIVERT', 'unknown'],
  ])('%s says why a queue let go of a caller', (cause, reason) => {
    expect(hub.translate(variable('QUEUESTATUS', cause)).events).toEqual([
      { kind: 'queue-exit', at: START, legId: '1.1', reason, cause },
    ]);
  });

  it.each([
    ['QUEUESTATUS', ''],
    ['QUEUESTATUS', 'CONTINUE'],
    ['DIALSTATUS', 'TIMEOUT'],
  ])('%s="%s" is none of it', (name, value) => {
    expect(hub.translate(variable(name, value))).toEqual({ outcome: 'irrelevant', events: [] });
  });

  it('is not asked for: that would bring every variable of every call', () => {
    expect(bindings().names).not.toContain('VarSet');
    expect(bindings().routingKeys).not.toContain('ami.VarSet');
  });
});
