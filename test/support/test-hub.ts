import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../src/app.js';
import { loadSettings } from '../../src/config/index.js';
import { e2eDirectory, PASSWORD } from './e2e-directory.js';

/** A hub of a test, with a data folder and a port of its own. */
export interface TestHub {
  readonly url: string;
  readonly app: App;
  /** Path of its directory file, which a test may rewrite. */
  readonly directoryFile: string;
  /** Asks the token endpoint. */
  token(userName: string, userId?: string): Promise<{ Url: string; Token: string }>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/** Starts a hub with the end-to-end directory; `variables` are settings beside the usual ones. */
export async function startTestHub(variables: Readonly<Record<string, string>>): Promise<TestHub> {
  const folder = await mkdtemp(join(tmpdir(), 'rte-hub-test-'));
  const directoryFile = join(folder, 'directory.json');
  await writeFile(directoryFile, JSON.stringify(e2eDirectory));
  const app = await createApp(
    requireSettings({
      RTE_PORT: '0',
      RTE_LOG_LEVEL: 'silent',
      RTE_DATA_DIR: join(folder, 'data'),
      RTE_DIRECTORY: directoryFile,
      ...variables,
    }),
  );
  const { url } = await app.start();
  return {
    url,
    app,
    directoryFile,
    token: (userName, userId = 'me') => fetchToken(url, userName, userId),
    async stop() {
      await app.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function requireSettings(environment: Readonly<Record<string, string>>) {
  const loaded = loadSettings(environment);
  if (!loaded.ok) throw new Error(loaded.faults.map((fault) => fault.message).join('\n'));
  return loaded.settings;
}

async function fetchToken(
  url: string,
  userName: string,
  userId: string,
): Promise<{ Url: string; Token: string }> {
  const authorization = `Basic ${Buffer.from(`${userName}:${PASSWORD}`).toString('base64')}`;
  const response = await fetch(`${url}/token/${userId}/rte/`, { headers: { authorization } });
  if (!response.ok) throw new Error(`the token endpoint answered ${String(response.status)}`);
  const { Url, Token } = (await response.json()) as { Url: string; Token: string };
  return { Url, Token };
}
