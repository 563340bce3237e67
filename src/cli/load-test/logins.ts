import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { CommandError } from '../command.js';
import type { Io } from '../io.js';
import { readLines } from '../publish/lines.js';
import { failureOf } from './load-error.js';
import type { LoadLogin } from './plan.js';

/** How the arguments say who connects. */
export type LoginChoice =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'user'; readonly userName: string; readonly password: string | undefined }
  | { readonly kind: 'file'; readonly file: string };

/** More users than connections that a load test makes. */
const MAX_USERS = 10_000;
const MAX_LINE_BYTES = 4_096;

const userLine = z.object({ userName: z.string().min(1), password: z.string().min(1) });

/**
 * Who connects. A password that the arguments lack is asked for.
 * @throws CommandError with every fault of the file
 */
export async function requireLogins(
  choice: LoginChoice,
  io: Io,
): Promise<readonly [LoadLogin, ...LoadLogin[]]> {
  switch (choice.kind) {
    case 'token':
      return [choice];
    case 'user': {
      const { userName } = choice;
      const password = choice.password ?? (await io.readPassword());
      if (password === '') throw new CommandError(`The password of ${userName} is empty: give one`);
      return [{ kind: 'password', userName, password }];
    }
    case 'file':
      return readUsers(choice.file);
  }
}

async function readUsers(file: string): Promise<readonly [LoadLogin, ...LoadLogin[]]> {
  const logins: LoadLogin[] = [];
  const faults: string[] = [];
  try {
    for await (const { number, bytes } of readLines(createReadStream(file), MAX_LINE_BYTES)) {
      const text = bytes?.toString().trim();
      if (text === '') continue;
      const parsed = userLine.safeParse(jsonOf(text));
      if (parsed.success) logins.push({ kind: 'password', ...parsed.data });
      else faults.push(`  line ${String(number)}: give {"userName": "…", "password": "…"}`);
      if (logins.length + faults.length > MAX_USERS) break;
    }
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${failureOf(error)}`, { cause: error });
  }
  if (faults.length > 0) throw new CommandError([`${file} is wrong:`, ...faults].join('\n'));
  const [first, ...others] = logins;
  if (first === undefined) throw new CommandError(`${file} has no users: give one a line`);
  if (logins.length > MAX_USERS) throw new CommandError(`${file} has over ${MAX_USERS} users`);
  return [first, ...others];
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
