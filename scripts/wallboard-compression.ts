import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const GZIP = { level: constants.Z_BEST_COMPRESSION };

/** The compressed twins of a file, by the extension that their names get. */
export function compressed(content: Buffer): ReadonlyMap<string, Buffer> {
  return new Map([
    ['.gz', gzipSync(content, GZIP)],
    [
      '.br',
      brotliCompressSync(content, {
        params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
      }),
    ],
  ]);
}

/** Bytes of the content compressed as `gzip -9` does. */
export function gzipSize(content: Buffer): number {
  return gzipSync(content, GZIP).length;
}
