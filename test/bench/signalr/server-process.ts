import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startAspNetCore } from '../../interop/aspnetcore/server.js';

/** Linux counts CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** A server under load, in a process of its own. */
export interface ServerProcess {
  /** Address of its hub. */
  readonly hub: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startNode(file: string): Promise<ServerProcess> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const url = await listeningAt(child);
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { hub: `${url}/bench`, pid: child.pid ?? 0, stop };
}

export async function startDotnet(): Promise<ServerProcess> {
  const server = await startAspNetCore();
  return { hub: `${server.url}/bench`, pid: server.pid, stop: () => server.stop() };
}

async function listeningAt(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The server has no output to read.');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^listening (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('The server ended before it listened.');
}

/** CPU seconds that a process has used, in user and kernel mode. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // Fields behind the name in parentheses; user and system time are the 12th and 13th of them.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Bytes of a process that are in memory. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
}
