import { parseArgs } from 'node:util';
import { endpointUrls } from '../http/index.js';
import { bannerLines } from './banner.js';
import { type Command, defineCommand, EXIT, type OptionSpecs } from './command.js';
import type { Io } from './io.js';
import { printJson } from './json-output.js';
import { requireSettings } from './loading.js';
import type { CreateApp, ServedApp } from './served-app.js';
import { followSignals, type Signals } from './stop-signals.js';

/** What `serve` is made of; tests put their own in. */
export interface ServeParts {
  readonly createApp: CreateApp;
  readonly followSignals: (io: Io) => Signals;
}

const parts: ServeParts = {
  // Loaded when needed, so that the small commands stay quick.
  createApp: async (settings) => (await import('../app.js')).createApp(settings),
  followSignals,
};

const options = {
  json: {
    type: 'boolean',
    meaning: 'print the addresses as one line of JSON, for scripts that have it take a free port',
  },
} as const satisfies OptionSpecs;

/** Makes the command that runs the hub. It resolves once the hub listens. */
export function createServeCommand({ createApp, followSignals: follow }: ServeParts): Command {
  return defineCommand({
    name: 'serve',
    summary: 'run the hub',
    usage: '[--json]',
    about:
      'Runs the hub with the settings of the environment and .env. SIGTERM or SIGINT stops it, a second one at once; SIGHUP reads the directory file and the signing keys again. Addresses go to standard output, the log to standard error.',
    options,
    examples: ['RTE_PORT=9000 rte-hub serve', 'RTE_PORT=0 rte-hub serve --json'],
    read: (args) => parseArgs({ args, options }).values,
    async run({ json = false }, io) {
      const signals = follow(io);
      const settings = requireSettings(io);
      const app = await createApp(settings);
      const address = await startOrStop(app);
      signals.lead(app, settings);
      if (json) {
        const { endpointScheme, publicUrl } = settings.http;
        const { wssEndpoint: hub } = endpointUrls(publicUrl ?? address.url, endpointScheme);
        printJson(io, { url: address.url, hub, sources: settings.sources });
      } else for (const line of bannerLines(settings, address)) io.out(line);
      return EXIT.well;
    },
  });
}

/** Runs the hub. */
export const serveCommand = createServeCommand(parts);

/** A hub that failed to start still holds what it had opened, which would keep the process alive. */
async function startOrStop(app: ServedApp) {
  try {
    return await app.start();
  } catch (error) {
    await app.stop();
    throw error;
  }
}
