import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Microsoft's client alone is some 14 kB of it. */
const MAX_GZIPPED = 24_000;

describe('the client in a page', () => {
  it("is this room and Microsoft's client, and nothing else", async () => {
    const { metafile, outputFiles } = await build({
      entryPoints: ['src/client/index.ts'],
      bundle: true,
      minify: true,
      platform: 'browser',
      format: 'esm',
      target: 'es2022',
      metafile: true,
      write: false,
    });
    const inputs = Object.keys(metafile.inputs);
    const strange = inputs.filter(
      (path) => !/^(?:src\/client|node_modules\/@microsoft\/signalr)\//u.test(path),
    );
    expect(strange).toEqual([]);
    expect(inputs).toContain('src/client/rte-client.ts');
    expect(gzipSync(outputFiles[0]?.contents ?? '').length).toBeLessThan(MAX_GZIPPED);
  });
});
