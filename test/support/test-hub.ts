import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type App, createApp } from '../../src/app.js';
import { loadSettings } from '../../src/config/index.js';
import { e2eDirectory, PASSWORD } from './e2e-directory.js';

const tokenAnswer = z.object({ Url: z.string(), Token: z.string() });

/** A hub of a test, with a data folder and a port of its own. */
export interface TestHub {
  readonly url: string;
  readonly app: App;
  /** Path of its directory file, which a test may rewrite. */
  readonly directoryFile: string;
  /** Asks the token endpoint. */
  token(
    userName: string,
    userId?: string,
    password?: string,
  ): Promise<{ Url: string; Token: string }>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/**
 * Starts a hub with the end-to-end directory; `variables` are settings beside the usual ones, `now`
 * is its clock in epoch ms.
 */
export async function startTestHub(
  variables: Readonly<Record<string, string>>,
  now?: () => number,
): Promise<TestHub> {
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
    now,
  );
  const { url } = await app.start();
  return {
    url,
    app,
    directoryFile,
    token: (userName, userId = 'me', password = PASSWORD) =>
      fetchToken(url, userName, userId, password),
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
  password: string,
): Promise<{ Url: string; Token: string }> {
  const authorization = `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
  const response = await fetch(`${url}/token/${userId}/rte/`, { headers: { authorization } });
  if (!response.ok) throw new Error(`the token endpoint answered ${String(response.status)}`);
  return tokenAnswer.parse(await response.json());
}
