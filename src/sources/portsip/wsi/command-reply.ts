import { z } from 'zod';
import { optionalId, text } from './fields.js';

/**
 * The PBX's answer to a command. Only the one to `auth` is documented; answers to subscriptions are
 * taken to look alike. v12 sends no `command`.
 */
export interface CommandReply {
  /** '' when the answer does not say to what. */
  readonly command: string;
  /** A counter of the PBX's own, which requests do not carry. */
  readonly id: string | undefined;
  readonly ok: boolean;
  /** The PBX's words for operators; '' when all is well. */
  readonly error: string;
  /** The topics it is about, if it says so; undocumented. */
  readonly topics: readonly string[];
}

const status = z.union([
  z.int(),
  z
    .string()
    .regex(/^\s*-?\d{1,9}\s*$/u)
    .transform(Number),
]);

const topics = z
  .array(z.string())
  .nullish()
  .catch(undefined)
  .transform((given) => given ?? []);

/** Reads an answer; a status of 0 is well, any other is not. */
export const commandReply = z
  .object({ command: text, id: optionalId, status, error: text, topics })
  .transform((raw): CommandReply => ({
    command: raw.command.toLowerCase(),
    id: raw.id,
    ok: raw.status === 0,
    error: raw.error,
    topics: raw.topics,
  }));
