import { spawn } from 'node:child_process';
import { z } from 'zod';

/**
 * `npm run conformance -- [URL]`: the hundred behaviours against the server at a root URL
 * whose test hub is /hub; without a URL, against ours. See README.md for what the hub must offer.
 */
const [, , ...args] = process.argv;
const url = z
  .url({ protocol: /^https?$/ })
  .optional()
  .safeParse(args[0]);
if (!url.success) {
  process.stderr.write('usage: npm run conformance -- [http://host:port]\n');
  process.exit(2);
}
const environment = {
  ...process.env,
  ...(url.data === undefined ? {} : { CONFORMANCE_URL: url.data }),
};
const vitest = ['vitest', 'run', '--project', 'alone', '--reporter', 'verbose'];
const child = spawn('npx', [...vitest, 'test/conformance/behaviours'], {
  stdio: 'inherit',
  env: environment,
});
child.once('exit', (code) => process.exit(code ?? 1));
