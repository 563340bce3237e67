import { existsSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { DEMO_USER_NAMES } from '../../src/directory/index.js';
import { amqpUrl, raiseUserEvents, untilReady, wazoVariables } from '../support/broker-test.js';
import { DORA_ID, startAcmesWazo } from '../support/fake-wazo/e2e-wazo.js';
import { addToken } from '../support/fake-wazo/fake-auth.js';
import { FakePbx } from '../support/fake-portsip/fake-pbx.js';
import { portsipVariables } from '../support/fake-portsip/portsip-variables.js';
import { FreshClone, type RunningCommand } from '../support/fresh-clone.js';
import { IDS } from '../support/e2e-directory.js';
import { allDocuments, codeBlocks, readDocument } from '../support/markdown.js';
import { type ReceivedMessage, RteClient } from '../support/rte-client.js';
import { WazoBus } from '../support/wazo-bus.js';

/*
 * What the documents tell people to type, typed in a fresh clone: what is committed counts. Only the
 * environment differs from theirs: a free port, and the addresses of stand-ins for Wazo and PortSIP.
 */

const ROOT = new URL('../../', import.meta.url);
const readme = readDocument('README.md').text;
const shellBlocks = allDocuments()
  .filter(({ path }) => !path.startsWith('test/'))
  .flatMap(({ path, text }) =>
    codeBlocks(text)
      .filter(({ language }) => language === 'sh')
      .map(({ code, section }) => ({ path, section, code })),
  );

/** Each block by the test that runs it. */
const BLOCKS = {
  start: 'npm ci && npm start\n',
  wazoOrPortsip: 'npx rte-hub check-config && npm start\n',
  wazoToken: 'curl -H "X-Auth-Token: $WAZO_TOKEN" http://127.0.0.1:8080/token/me/rte/\n',
  sample: 'npx rte-hub publish scripts/sample/answered-call.jsonl --declare --wait --speed 1\n',
  fakePortsip: 'npx tsx scripts/fake-portsip.ts\n',
  revoke: 'curl -X DELETE -u admin:$PASSWORD http://127.0.0.1:8080/token/$USER_ID/rte/\n',
};

/** What .ci/run does by itself, command by command, so that it need not be done again here. */
const DONE_BY_CI = ['npm ci && npm test\n', 'npm ci && npm run build && npm run check\n'];

/**
 * Sections of scripts/README.md whose blocks need a Docker engine or change the machine. What they
 * install is looked at by test/deployment; here, that they name what is there.
 */
const NOT_RUN = ['With Docker', 'With systemd'];

/** Commands that the README names in its text, by the test that runs them. */
const INLINE = {
  typedClient: 'node scripts/examples/javascript/typed-client.mjs',
  plainClient: 'node scripts/examples/javascript/plain-client.mjs',
  build: 'npm ci && npm run build',
  startAgain: 'npm start',
  checkConfig: 'npx rte-hub check-config',
  printConfig: 'npx rte-hub print-config',
  checkToken: 'npx rte-hub check-token TOKEN',
  hashPassword: 'npx rte-hub hash-password',
  help: 'npx rte-hub help',
  anyCommand: 'npx rte-hub COMMAND',
};

const LISTENS = /rte-hub listens on (\S+)/;
/** A second build of the same sources shows nothing: `npm start` builds in the first test. */
const WITHOUT_BUILD = { npm_config_ignore_scripts: 'true' };

const token = z.object({ Token: z.string(), Url: z.string() });

function hasFreeAgents({ data }: ReceivedMessage): boolean {
  return data['nbrOfAgentsImmediatelyFree'] !== 0;
}

function blocksOf(language: string, section: string): string[] {
  return codeBlocks(readme)
    .filter((block) => block.language === language && block.section === section)
    .map(({ code }) => code);
}

/** The one block of that kind in a section of the README. */
function blockOf(language: string, section: string): string {
  const [code = '', ...others] = blocksOf(language, section);
  expect(others).toEqual([]);
  return code;
}

/** A command against the hub at `url` instead of the usual one. */
function at(url: string, command: string): string {
  return command.replace('http://127.0.0.1:8080', url);
}

async function logIn(url: string, user: string, password: string): Promise<z.infer<typeof token>> {
  const headers = { authorization: `Basic ${btoa(`${user}:${password}`)}` };
  return token.parse(await (await fetch(`${url}/token/me/rte/`, { headers })).json());
}

describe('the commands of the documents', () => {
  it('are all run here, or by .ci/run', () => {
    const known = new Set([...Object.values(BLOCKS), ...DONE_BY_CI]);
    const run = shellBlocks.filter(({ section }) => !NOT_RUN.includes(section));
    expect(run.filter(({ code }) => !known.has(code))).toEqual([]);
    const written = new Set(run.map(({ code }) => code));
    expect([...known].filter((code) => !written.has(code))).toEqual([]);
  });

  it.each(NOT_RUN)('%s name only files that are there', (name) => {
    const blocks = shellBlocks.filter(({ section }) => section === name);
    expect(blocks.map(({ path }) => path)).toContain('scripts/README.md');
    const files = blocks.flatMap(({ code }) => [
      ...code.matchAll(/(?<= )(?:scripts\/\S+|\.?[\w.-]+\.(?:yaml|example|md))(?= |$)/gm),
    ]);
    expect(files.length).toBeGreaterThan(0);
    for (const [file] of files)
      expect([file, existsSync(new URL(file, ROOT))]).toEqual([file, true]);
  });

  it('in the text of the README are all run here', () => {
    const named = [...readme.matchAll(/`((?:npx|npm|node|rte-hub) [^`]+)`/g)].map(
      ([, code]) => code,
    );
    expect(new Set(named)).toEqual(new Set([...Object.values(INLINE), 'rte-hub COMMAND']));
  });

  it('that .ci/run has are there as they are written', () => {
    const ci = readFileSync(new URL('.ci/run', ROOT), 'utf8').split('\n');
    const commands = [...DONE_BY_CI, INLINE.build].flatMap((code) => code.trim().split(' && '));
    for (const command of commands) {
      expect(
        ci.filter((line) => line === command || line.startsWith(`${command} -- `)),
      ).not.toEqual([]);
    }
  });
});

describe('in a fresh clone', () => {
  let clone: FreshClone;

  beforeAll(async () => {
    clone = await FreshClone.make();
  });
  afterEach(() => clone.killAll());
  afterAll(() => clone.remove());

  /** Starts a hub by a command of the README. */
  async function start(
    command: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<{ hub: RunningCommand; url: string }> {
    const hub = clone.start(command, { RTE_PORT: '0', ...variables });
    return { hub, url: await hub.until(LISTENS) };
  }

  it('two commands start the demo, and what the README says of it is so', async () => {
    const { hub, url } = await start(BLOCKS.start, { RTE_SIMULATOR_SPEED: '20' });
    for (const page of ['/', '/me', '/admin', '/docs']) {
      const answer = await fetch(`${url}${page}`);
      expect([page, answer.status]).toEqual([page, 200]);
      expect(answer.headers.get('content-type')).toContain('text/html');
    }
    for (const name of [...Object.values(DEMO_USER_NAMES), 'agent08']) {
      expect((await logIn(url, name, 'demo')).Token).not.toBe('');
    }
    for (const client of [INLINE.typedClient, INLINE.plainClient]) {
      const shown = clone.start(`${client} ${url}`);
      await shown.until(/Sales/);
      await shown.interrupt();
    }

    expect(await clone.run(INLINE.anyCommand.replace('COMMAND', '--version'))).toMatch(/^\d/);
    const { Token } = await logIn(url, 'agent01', 'demo');
    const check = INLINE.checkToken.replace('TOKEN', Token);
    expect(await clone.run(check)).toContain('Aino Virtanen');
    const { sub } = z
      .object({ sub: z.string() })
      .parse(JSON.parse(Buffer.from(Token.split('.')[1] ?? '', 'base64url').toString()));
    await clone.run(at(url, BLOCKS.revoke), { PASSWORD: 'demo', USER_ID: sub });
    const negotiate = { method: 'POST', headers: { authorization: `Bearer ${Token}` } };
    expect((await fetch(`${url}/rte/negotiate`, negotiate)).status).toBe(401);

    await hub.interrupt();
    expect(hub.output).toContain('draining connections');
  }, 240_000);

  it('the commands that help tell what the README says', async () => {
    const wrong = clone.start(INLINE.checkConfig, { RTE_PORT: 'x', RTE_TOKEN_TTL: 'y' });
    const [help, settings, code] = await Promise.all([
      clone.run(INLINE.help),
      clone.run(INLINE.printConfig),
      wrong.closed,
    ]);
    expect(help).toContain('Usage: rte-hub');
    expect(settings).toContain('RTE_SOURCES');
    expect(code).toBe(1);
    expect(wrong.output).toContain('RTE_PORT=x');
    expect(wrong.output).toContain('RTE_TOKEN_TTL=y');
  });

  it.skipIf(amqpUrl === '')('a hub is connected to Wazo as the README has it', async () => {
    const wazo = await startAcmesWazo();
    const variables = wazoVariables(amqpUrl);
    const bus = await WazoBus.connect(amqpUrl, variables['WAZO_EXCHANGE'], 'headers');
    raiseUserEvents(wazo, bus);
    const dora = {
      username: 'dora',
      password: 'wazo secret',
      uuid: DORA_ID,
      tenantUuid: IDS.acme,
      acl: ['events.rte.#', 'rte.roles.admin'],
    };
    wazo.state.logins.push(dora);
    await clone.write('.env', blockOf('ini', 'Connect to Wazo'));

    const stands = { ...wazo.variables, ...variables, ...WITHOUT_BUILD };
    const { hub, url } = await start(BLOCKS.wazoOrPortsip, stands);
    expect(hub.output).toContain('The configuration is valid.');
    await untilReady({ url });
    const headers = { authorization: `Basic ${btoa(`${dora.username}:${dora.password}`)}` };
    const queues = await (await fetch(`${url}/queues`, { headers })).text();
    expect(queues).toMatch(/"Name":"[Ss]ales"/);
    expect(queues).toContain('"Name":"Service"');
    const WAZO_TOKEN = addToken(wazo.state, dora).token;
    const answer = await clone.run(at(url, BLOCKS.wazoToken), { WAZO_TOKEN });
    expect(token.parse(JSON.parse(answer)).Url).toBe(`${url}/rte`);
    await hub.interrupt();
    await bus.close();
    await wazo.close();
  });

  it.skipIf(amqpUrl === '')('the sample plays on a bare RabbitMQ', async () => {
    await clone.write('.env', blockOf('ini', 'Try it with a bare RabbitMQ'));
    const stands = { ...wazoVariables(amqpUrl), ...WITHOUT_BUILD };
    const { hub, url } = await start(INLINE.startAgain, stands);
    const { Token, Url } = await logIn(url, 'sam', 'sample');
    const sam = await RteClient.connectWith(Url, Token);
    const [queues] = await sam.subscribe(['*', 'QueueStatus']);
    expect(queues?.subscribed).toBe(true);
    const sample = clone.start(BLOCKS.sample, stands);
    // It goes on for longer than a test should: the agents come first.
    await vi.waitFor(() => expect(sam.messages.some(hasFreeAgents)).toBe(true), {
      timeout: 45_000,
    });
    await sample.interrupt();
    await sam.stop();
    await hub.interrupt();
  });

  it('a hub is connected to PortSIP as the README has it', async () => {
    const pbx = await FakePbx.start();
    const password = 'a good one';
    const hash = await clone.run(`echo '${password}' | ${INLINE.hashPassword}`);
    const [extension = ''] = pbx.tenant.extensions.keys();
    const directory = blockOf('json', 'Connect to PortSIP')
      .replace("the tenant's id in the PBX", pbx.tenant.id)
      .replace(/"passwordHash": "[^"]*"/, `"passwordHash": "${hash.trim()}"`)
      .replace('"extension": "101"', `"extension": "${extension}"`);
    await clone.write('directory.json', directory);
    await clone.write('.env', blockOf('ini', 'Connect to PortSIP'));

    const stands = { ...portsipVariables(pbx), ...WITHOUT_BUILD };
    const { hub, url } = await start(BLOCKS.wazoOrPortsip, stands);
    expect(hub.output).toContain('The configuration is valid.');
    await untilReady({ url });
    const headers = { authorization: `Basic ${btoa(`ann:${password}`)}` };
    const users = await (await fetch(`${url}/users`, { headers })).text();
    // The one is the file's, the other only the PBX knows.
    expect(users).toContain('"UserName":"ann"');
    expect(users).toContain('"UserName":"noor"');
    await hub.interrupt();
    await pbx.stop();
  });

  it('the PBX that only plays prints how to start a hub, and that works', async () => {
    await clone.write('.env', '');
    const pbx = clone.start(BLOCKS.fakePortsip);
    await pbx.until(/(npm start)\n/);
    const printed = /Start the hub beside it:\n\n(.*?npm start)\n/s.exec(pbx.output)?.[1] ?? '';
    const { hub, url } = await start(printed, WITHOUT_BUILD);
    await untilReady({ url });
    expect((await logIn(url, 'mara', 'demo')).Token).not.toBe('');
    await hub.interrupt();
    await pbx.interrupt();
  });
});
