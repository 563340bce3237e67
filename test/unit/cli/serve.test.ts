import { describe, expect, it, vi } from 'vitest';
import { createServeCommand, type ServeParts } from '../../../src/cli/serve.js';
import { runCommand } from '../../../src/cli/run.js';
import type { ServedApp } from '../../../src/cli/served-app.js';
import { testIo } from './test-io.js';

const address = { host: '127.0.0.1', port: 4711, url: 'http://127.0.0.1:4711' };

/** A hub that starts well, or fails with what is given. */
function hub(failure?: Error) {
  const stop = vi.fn<ServedApp['stop']>(() => Promise.resolve());
  const app: ServedApp = {
    start: () => (failure === undefined ? Promise.resolve(address) : Promise.reject(failure)),
    stop,
    reload: () => Promise.resolve(true),
  };
  return { app, stop };
}

async function serve({ app }: { readonly app: ServedApp }, env: Record<string, string> = {}) {
  const createApp = vi.fn<ServeParts['createApp']>(() => Promise.resolve(app));
  const lead = vi.fn<ReturnType<ServeParts['followSignals']>['lead']>();
  const followSignals = vi.fn<ServeParts['followSignals']>(() => ({ lead }));
  const { io, output, errors } = testIo(env);
  const command = createServeCommand({ createApp, followSignals });
  const exitCode = await runCommand([command], ['serve'], io);
  return { exitCode, output: output(), errors: errors(), createApp, followSignals, lead };
}

describe('the banner', () => {
  it('tells the addresses, the demo logins, and loudly that it is demo data', async () => {
    const { exitCode, output, followSignals, createApp, lead } = await serve(hub());
    expect(exitCode).toBe(0);
    expect(output).toContain('rte-hub listens on http://127.0.0.1:4711');
    expect(output).toContain('ws://127.0.0.1:4711/rte');
    expect(output).toContain('curl -u demo:demo http://127.0.0.1:4711/token/me/rte/');
    expect(output).toContain('wallboard:  http://127.0.0.1:4711/');
    expect(output).toContain('demo (supervisor), agent01 (agent), admin (admin); password: demo');
    expect(output).toContain('*** DEMO DATA');
    expect(followSignals).toHaveBeenCalledBefore(createApp);
    expect(createApp).toHaveBeenCalledBefore(lead);
    expect(lead).toHaveBeenCalledTimes(1);
  });

  it('tells the public address, and no demo login with a directory file', async () => {
    const env = { RTE_PUBLIC_URL: 'https://rte.example', RTE_DIRECTORY: 'd.json' };
    const { output } = await serve(hub(), env);
    expect(output).toContain('wss://rte.example/rte');
    expect(output).toContain('https://rte.example/token/me/rte/');
    expect(output).toContain('https://rte.example/\n');
    expect(output).not.toContain('demo');
  });
});

describe('a start that fails', () => {
  it('does not build the hub when settings are wrong, and reports all faults', async () => {
    const env = { RTE_PORT: 'x', RTE_SOURCES: 'wazo' };
    const { exitCode, errors, createApp } = await serve(hub(), env);
    expect(exitCode).toBe(1);
    expect(errors).toContain('RTE_PORT=x');
    expect(errors).toContain('WAZO_AMQP_URL is not set');
    expect(createApp).not.toHaveBeenCalled();
  });

  it('stops what had been opened, and ends with 1', async () => {
    const failing = hub(new Error('port 4711 is taken'));
    const { exitCode, errors, output } = await serve(failing);
    expect(exitCode).toBe(1);
    expect(errors).toContain('port 4711 is taken');
    expect(failing.stop).toHaveBeenCalledTimes(1);
    expect(output).toBe('');
  });
});
