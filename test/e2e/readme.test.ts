import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHub, type TestHub } from '../support/test-hub.js';

const root = new URL('../../', import.meta.url);

describe("the README's client", () => {
  let hub: TestHub;

  beforeAll(async () => {
    // The demo directory: an empty name is no setting.
    hub = await startTestHub({ RTE_DIRECTORY: '', RTE_SIMULATOR_SPEED: '20' });
  });

  afterAll(() => hub.stop());

  it('shows live events as it stands there', async () => {
    const readme = readFileSync(new URL('README.md', root), 'utf8');
    const block = /client:begin -->\s*```js\n(?<code>.*?)```/s.exec(readme)?.groups?.['code'] ?? '';
    const code = block.replace('http://127.0.0.1:8080', hub.url);
    expect(code).toContain(hub.url);
    const client = spawn(process.execPath, ['--input-type=module', '--eval', code], { cwd: root });
    const shown = await outputUntil(client, [
      "eventType: 'QueueStatus'",
      "eventType: 'UserStatus'",
    ]);
    client.kill();
    expect(shown).toContain('nbrOfProviders: 5');
    expect(shown).toContain('serving: true');
  });
});

/** Resolves with everything printed as soon as it has all of `texts`; rejects when it ends before. */
function outputUntil(client: ReturnType<typeof spawn>, texts: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      if (texts.every((text) => output.includes(text))) resolve(output);
    };
    client.stdout?.on('data', take);
    client.stderr?.on('data', take);
    client.on('exit', () => reject(new Error(`the client ended: ${output}`)));
  });
}
