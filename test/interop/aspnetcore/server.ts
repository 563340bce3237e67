import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildDotnet } from '../dotnet-build.js';

export interface AspNetCoreServer {
  /** e.g. http://127.0.0.1:40123 */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Builds the ASP.NET Core test server and starts it on a free port. */
export async function startAspNetCore(): Promise<AspNetCoreServer> {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const program = await buildDotnet(folder, 'HubServer');
  const child = spawn('dotnet', [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await listeningAt(child);
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { url, pid: child.pid ?? 0, stop };
}

async function listeningAt(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The server has no output to read.');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^listening (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`The server ended before it listened (exit code ${child.exitCode}).`);
}
