import type { TestProject } from 'vitest/node';
import { startAspNetCore } from './aspnetcore/server.js';
import { missingDotnet } from './dotnet-build.js';

/**
 * Gives the tests an ASP.NET Core server, or the reason why there is none. In CI its absence is a
 * failure: the comparison may not vanish unseen.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const missing = await missingDotnet();
  if (missing !== undefined) {
    if (process.env.CI === 'true') throw new Error(`The interop tests need .NET: ${missing}.`);
    project.provide('dotnetMissing', missing);
    return () => Promise.resolve();
  }
  const server = await startAspNetCore();
  project.provide('aspNetCoreUrl', server.url);
  return () => server.stop();
}
