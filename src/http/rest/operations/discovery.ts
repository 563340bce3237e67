import { z } from 'zod';
import { LoginThrottle } from '../../../identity/index.js';
import { noBody, openOperation, type Input, type Operation } from '../operation.js';
import { invalid, ok, type Result } from '../results.js';
import { discoveryBody, discoverySchema } from '../schemas.js';
import type { RestServices } from '../services.js';

/** Names that nobody has, which an address may ask for in a minute. */
const MAX_UNKNOWN_NAMES = 30;

/** All names that an address asks for are counted together. */
const ANY_NAME = '';

const MAX_NAME = 256;

const tag = 'Discovery';

const description =
  'Clients that know only who logs in learn here where to. Needs no login, as the vendor has it; who asks for many users that do not exist has to wait.';

const success = {
  200: {
    description: 'One entry, or none when there is no such user.',
    body: { kind: 'list', schema: discoverySchema },
  },
} as const;

const problems = { 429: 'Too many unknown users were asked for.' };

const user = z
  .string()
  .max(MAX_NAME, { error: `give ${String(MAX_NAME)} characters or less` })
  .describe('Login name of a user.');

/** Where the services of a user are. */
export function discoveryOperations(): readonly Operation[] {
  const throttle = new LoginThrottle({ maxFailures: MAX_UNKNOWN_NAMES });
  return [
    openOperation({
      id: 'discover',
      method: 'GET',
      path: '/api/user',
      tag,
      summary: 'Where the services of a user are',
      description,
      query: z.strictObject({ user }),
      body: noBody,
      success,
      problems,
      handle: (input, services) => discover(input, input.query.user, services, throttle),
    }),
    openOperation({
      id: 'discoverByBody',
      method: 'POST',
      path: '/api/user',
      tag,
      summary: 'Where the services of a user are, asked for in the body or the query',
      description,
      query: z.strictObject({ user: user.optional() }),
      body: discoveryBody.nullish(),
      success,
      problems,
      handle: (input, services) =>
        discover(input, input.body?.user ?? input.query.user, services, throttle),
    }),
  ];
}

function discover(
  { base, address }: Pick<Input<object, unknown>, 'base' | 'address'>,
  name: string | undefined,
  { directory }: Pick<RestServices, 'directory'>,
  throttle: LoginThrottle,
): Result {
  if (name === undefined)
    return invalid({ field: 'user', problem: 'is missing: give a login name' });
  if (base === undefined) return { status: 400, detail: 'The Host header is not a host.' };
  const wait = throttle.waitSeconds(address, ANY_NAME);
  if (wait > 0) {
    const detail = 'Too many unknown users were asked for. Wait before the next one.';
    return { status: 429, detail, headers: { 'retry-after': String(wait) } };
  }
  const found = directory().userByName(name);
  if (found === undefined) throttle.failed(address, ANY_NAME);
  const entries: z.output<typeof discoverySchema>[] =
    found === undefined ? [] : [{ username: name, apiEndpoint: base }];
  return ok(entries);
}
