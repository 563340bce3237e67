import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Runs a program and gives what it wrote. @throws {Error} with the output when it fails */
export async function run(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve).once('error', reject);
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), code]);
  if ((await code) !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${out}${err}`);
  return out;
}

/** Why the .NET tests can't run here, if they can't. */
export async function missingDotnet(): Promise<string | undefined> {
  try {
    const version = await run('dotnet', ['--version']);
    if (Number.parseInt(version, 10) >= 10) return undefined;
    return `the .NET SDK is ${version.trim()}, 10 is needed`;
  } catch {
    return 'no .NET SDK is installed';
  }
}

/**
 * Builds a project into a folder of its own under the system's temporary folder, once for the same
 * sources, and gives the path of the program.
 * @param linked folders beside the project's own whose sources it takes in
 */
export async function buildDotnet(
  folder: string,
  assembly: string,
  linked: readonly string[] = [],
): Promise<string> {
  const artifacts = join(tmpdir(), `rte-hub-${assembly}-${sourceHash([folder, ...linked])}`);
  const program = join(artifacts, 'bin', assembly, 'release', `${assembly}.dll`);
  if (!existsSync(program)) {
    await run('dotnet', ['build', folder, '-c', 'Release', '--artifacts-path', artifacts]);
  }
  return program;
}

function sourceHash(folders: readonly string[]): string {
  const hash = createHash('sha256');
  const sources = folders.flatMap((folder) =>
    readdirSync(folder)
      .sort()
      .map((name) => join(folder, name)),
  );
  for (const source of sources) {
    if (/\.(cs|csproj)$/.test(source)) hash.update(readFileSync(source));
  }
  return hash.digest('hex').slice(0, 12);
}
