// Bundles src/wallboard into dist/wallboard, which the hub serves. Part of `npm run build`.
import { buildWallboard } from './wallboard-build.js';

const outFolder = new URL('../dist/wallboard/', import.meta.url);
const build = await buildWallboard(outFolder);
for (const view of build.views) {
  const kilobytes = (build.compressedBytes(view) / 1000).toFixed(1);
  console.log(`wallboard ${view}: ${kilobytes} kB compressed`);
}
