import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type CuttingProxy, startCuttingProxy } from '../support/cutting-proxy.js';
import { ExampleRun } from '../support/example-run.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';
import { buildDotnet, run } from './dotnet-build.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const noDotnet: string | undefined = inject('dotnetMissing');
const noJava = await missingJava();
/** Class path of Microsoft's client for Java with what it needs, in the place of our stand-in. */
const signalrJava = process.env['RTE_TEST_SIGNALR_JAVA'] ?? '';

describe("the README's examples", () => {
  let hub: TestHub;
  let proxy: CuttingProxy;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rte-hub-examples-'));
    // The demo directory: an empty name is no setting.
    hub = await startTestHub({ RTE_DIRECTORY: '', RTE_SIMULATOR_SPEED: '20' });
    proxy = await startCuttingProxy(Number(new URL(hub.url).port));
  });
  afterAll(async () => {
    await proxy.stop();
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** What a client prints when it is told, and when it is again after its connection was cut. */
  async function told(command: string, args: readonly string[]): Promise<readonly string[]> {
    const hubAddress = `http://127.0.0.1:${String(proxy.port)}`;
    const client = new ExampleRun(command, [...args, hubAddress], folder);
    const before = await client.untilTold(1);
    proxy.cutAfter(1);
    const after = await client.untilTold(2);
    await client.stop();
    return [before, after];
  }

  it.skipIf(noDotnet !== undefined)(
    `in .NET is told, also after its connection was lost ${noDotnet ?? ''}`,
    async () => {
      const project = join(ROOT, 'test/interop/dotnet-example');
      const linked = ['test/interop/dotnet', 'scripts/examples/dotnet'].map((name) =>
        join(ROOT, name),
      );
      const program = await buildDotnet(project, 'Example', linked);
      for (const printed of await told('dotnet', [program])) {
        expect(printed).toContain('"nbrOfProviders":5');
      }
    },
    120_000,
  );

  it.skipIf(noJava !== undefined)(
    `in Java is told, also after its connection was lost ${noJava ?? ''}`,
    async () => {
      const libraries =
        signalrJava === ''
          ? ['-sourcepath', join(ROOT, 'test/interop/java')]
          : ['-classpath', signalrJava];
      const source = join(ROOT, 'scripts/examples/java/RteClient.java');
      await run('javac', ['--release', '11', '-d', folder, ...libraries, source]);
      const classPath = [folder, signalrJava].filter((path) => path !== '').join(delimiter);
      for (const printed of await told('java', ['-cp', classPath, 'RteClient'])) {
        expect(printed).toContain('nbrOfProviders=5');
      }
    },
    120_000,
  );
});

/** Why the Java example can't run here, if it can't. */
async function missingJava(): Promise<string | undefined> {
  try {
    const version = await run('javac', ['--version']);
    const release = Number.parseInt(version.replace('javac ', ''), 10);
    return release >= 11 ? undefined : `the JDK is ${version.trim()}, 11 is needed`;
  } catch {
    return 'no JDK is installed';
  }
}
