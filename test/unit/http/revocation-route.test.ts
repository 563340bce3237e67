import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TokenTerms } from '../../../src/identity/index.js';
import { createHttpServer, registerRevocationRoutes } from '../../../src/http/index.js';
import { createAuthenticator } from '../../../src/identity/index.js';
import { ids } from '../directory/directory-fixture.js';
import { basic, directoryWithAdmins } from './token-fixture.js';

const JTI = randomUUID();

let revoked: (readonly [string, string | undefined])[];
let lines: string[];
let logins: string[];
let server: ReturnType<typeof createHttpServer>;

beforeEach(() => serve());
afterEach(() => server.close());

async function serve(terms?: TokenTerms) {
  [revoked, lines, logins] = [[], [], []];
  const directory = await directoryWithAdmins();
  const authenticator = createAuthenticator(() => directory);
  server = createHttpServer(pino({ level: 'info' }, { write: (line) => void lines.push(line) }));
  registerRevocationRoutes(server, {
    authenticator: {
      ...authenticator,
      async login(address, credentials) {
        const result = await authenticator.login(address, credentials);
        return result.kind === 'accepted' && terms !== undefined ? { ...result, terms } : result;
      },
    },
    directory: () => directory,
    metrics: { login: (outcome) => logins.push(outcome) },
    onForbidden: () => undefined,
    revoke: async (userId, tokenId) => {
      revoked.push([userId, tokenId]);
      return 3;
    },
  });
}

const ask = (path: string, headers: Record<string, string>) =>
  server.inject({ method: 'DELETE', url: `/token/${path}`, headers });

describe('DELETE /token/{userid}/rte/', () => {
  it.each<[string, string, string, number, string | undefined]>([
    ['anna', 'me', 'herself', 204, ids.anna],
    ['anna', ids.anna.toUpperCase(), 'herself by id', 204, ids.anna],
    ['anna', ids.ben, 'somebody else', 403, undefined],
    ['anna', randomUUID(), 'nobody', 403, undefined],
    ['ben', ids.anna, 'an agent, as administrator', 204, ids.anna],
    ['ben', ids.olga, 'somebody of another organization', 403, undefined],
    ['ben', randomUUID(), 'nobody, as administrator', 404, undefined],
  ])('by %s for %s (%s) is %i', async (name, userId, _who, status, whose) => {
    const answer = await ask(`${userId}/rte/`, basic(name));
    expect(answer.statusCode).toBe(status);
    expect(revoked).toEqual(whose === undefined ? [] : [[whose, undefined]]);
    expect(logins).toEqual(whose === undefined ? ['accepted', 'forbidden'] : ['accepted']);
  });

  it('takes the id of one token', async () => {
    expect((await ask(`${ids.anna}/rte/${JTI.toUpperCase()}/`, basic('ben'))).statusCode).toBe(204);
    expect((await ask(`${ids.anna}/rte/not-an-id`, basic('ben'))).statusCode).toBe(400);
    expect(revoked).toEqual([[ids.anna, JTI]]);
  });

  it('is written down: who, whose, which and how many connections', async () => {
    await ask(`${ids.anna}/rte/${JTI}`, basic('ben'));
    const line: unknown = JSON.parse(lines.find((one) => one.includes('tokens revoked')) ?? '{}');
    expect(line).toMatchObject({
      callerId: ids.ben,
      userId: ids.anna,
      tokenId: JTI,
      connections: 3,
    });
  });

  it('is closed to nobody, with a challenge', async () => {
    for (const headers of [{}, basic('ben', 'wrong')]) {
      const answer = await ask(`${ids.anna}/rte/`, headers);
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBeDefined();
    }
    expect(revoked).toEqual([]);
  });

  it('goes by the role that the login gave', async () => {
    await server.close();
    await serve({ role: 'agent' });
    expect((await ask(`${ids.anna}/rte/`, basic('ben'))).statusCode).toBe(403);
    await server.close();
    await serve({ role: 'admin' });
    expect((await ask(`${ids.ben}/rte/`, basic('anna'))).statusCode).toBe(204);
  });
});
