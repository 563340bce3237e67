import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../../../src/cli/commands.js';
import { runCommand } from '../../../../src/cli/run.js';
import { testProcess } from '../test-io.js';

const FAULTY =
  '{"name":"x"}\n{"name":"Hangup","data":{"Uniqueid":"1.1"}}\n{"name":"a","data":{}}\nno\n';
const SAMPLE = new URL('../../../../scripts/sample/answered-call.jsonl', import.meta.url).pathname;

let folder: string;
let faulty: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rte-publish-'));
  faulty = join(folder, 'faulty.jsonl');
  writeFileSync(faulty, FAULTY);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function publish(args: string[], env: Record<string, string> = {}, input = '') {
  const { io, output, errors } = testProcess({ env, folder, input });
  const exitCode = await runCommand(commands, ['publish', ...args], io);
  return { exitCode, output: output(), errors: errors() };
}

describe('publish --check', () => {
  it('says of each event what follows from it, and names each faulty line', async () => {
    const { exitCode, output, errors } = await publish([faulty, '--check']);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^ +1 {2}Hangup +changes state$/mu);
    expect(output).toMatch(/^ +1 {2}a +not known to the hub$/mu);
    expect(output).toContain('2 events can be published, 2 lines are faulty.');
    expect(errors.split('\n')).toEqual([
      expect.stringMatching(/^fault: line 1: data: /u),
      expect.stringMatching(/^fault: line 4: it is not JSON/u),
    ]);
  });

  it('tells scripts the same', async () => {
    const { exitCode, output, errors } = await publish([faulty, '--check', '--json']);
    expect([exitCode, errors]).toEqual([1, '']);
    expect(JSON.parse(output)).toMatchObject({
      valid: false,
      events: 2,
      names: [
        { name: 'Hangup', count: 1, outcome: 'changes state' },
        { name: 'a', count: 1, outcome: 'not known to the hub' },
      ],
      faultCount: 2,
      faults: [{ line: 1 }, { line: 4 }],
    });
  });

  it('reads the standard input', async () => {
    const { exitCode, output } = await publish(['-', '--check'], {}, '{"name":"a","data":{}}');
    expect([exitCode, output.split('\n').at(-1)]).toEqual([
      0,
      '1 events can be published, 0 lines are faulty.',
    ]);
  });

  it('finds nothing wrong with the sample, of which every event counts', async () => {
    const { exitCode, output } = await publish([SAMPLE, '--check', '--json']);
    expect(exitCode).toBe(0);
    expect(output).not.toMatch(/not known|not asked|no consequence/u);
  });
});

describe('what keeps it from beginning', () => {
  it.each([
    ['no broker', [SAMPLE], {}, 1, 'WAZO_AMQP_URL is not set'],
    ['a wrong setting', [SAMPLE], { WAZO_AMQP_URL: 'http://x' }, 1, 'WAZO_AMQP_URL='],
    ['no such file', ['nowhere.jsonl'], {}, 1, 'nowhere.jsonl cannot be read: there is no such'],
    ['a folder', ['.'], {}, 1, 'is a folder'],
    ['no file', [], {}, 2, 'give one file'],
    ['two paces', [SAMPLE, '--rate', '1', '--speed', '1'], {}, 2, 'give --rate or --speed'],
    ['a rate of nothing', [SAMPLE, '--rate', '0'], {}, 2, '--rate 0: give events per second'],
    ['input that comes once', ['-', '--repeat', '2'], {}, 2, 'only a file can be read'],
    ['nobody there', [SAMPLE], { WAZO_AMQP_URL: 'amqp://u:hush@127.0.0.1:1/' }, 1, 'is away'],
  ])('%s', async (_what, args, env, exitCode, message) => {
    const result = await publish(args, env);
    expect(result).toMatchObject({ exitCode, output: '' });
    expect(result.errors).toContain(message);
    expect(result.errors).not.toContain('hush');
  });

  it('a faulty file: nothing of it is sent, so that no broker is asked for', async () => {
    const env = { WAZO_AMQP_URL: 'amqp://127.0.0.1:1/' };
    const { exitCode, output, errors } = await publish([faulty], env);
    expect([exitCode, output]).toEqual([1, expect.stringMatching(/^published +0 /u)]);
    expect(errors).toContain('fault: line 4');
    expect(errors).toContain('--leave-out-faults');
    expect(errors).not.toContain('away');
  });
});
