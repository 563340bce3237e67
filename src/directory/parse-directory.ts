import type { z } from 'zod';
import { alertWarnings } from './alert-warnings.js';
import { buildDirectory } from './build-directory.js';
import { duplicateFaults } from './duplicates.js';
import { formatPath, type DirectoryFault } from './faults.js';
import { directoryFileSchema, type DirectoryFile } from './file-schema.js';
import { outlineOf } from './outline.js';
import {
  hashPasswords,
  passwordFaults,
  passwordWarnings,
  type PasswordHashing,
} from './password-rules.js';
import { referenceFaults } from './references.js';
import type { Directory } from './types.js';

/** What parsing needs besides the file. */
export interface DirectoryOptions {
  /** In production plain passwords are faults. */
  readonly production: boolean;
  readonly passwords: PasswordHashing;
}

/** A checked file, from which a directory can be made, alone or filled up. */
export interface DirectoryContent {
  readonly file: DirectoryFile;
  /** Password hashes by user id. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** A directory with warnings, or all faults of its file. */
export type ParsedDirectory =
  | {
      readonly ok: true;
      readonly directory: Directory;
      readonly content: DirectoryContent;
      readonly warnings: readonly DirectoryFault[];
    }
  | { readonly ok: false; readonly faults: readonly DirectoryFault[] };

/**
 * Checks any JSON value as a directory file and makes a directory of it. Never throws for what the
 * value holds.
 */
export async function parseDirectory(
  json: unknown,
  { production, passwords }: DirectoryOptions,
): Promise<ParsedDirectory> {
  const parsed = directoryFileSchema.safeParse(json);
  const outline = outlineOf(json);
  const faults = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap(shapeFaults)),
    ...duplicateFaults(outline),
    ...referenceFaults(outline),
    ...(parsed.success ? passwordFaults(parsed.data, passwords, production) : []),
  ];
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  const hashes = await hashPasswords(parsed.data, passwords);
  const { data: file } = parsed;
  const directory = buildDirectory(file, hashes);
  return {
    ok: true,
    directory,
    content: { file, hashes },
    warnings: [...passwordWarnings(file), ...alertWarnings(directory)],
  };
}

function shapeFaults(issue: z.core.$ZodIssue): DirectoryFault[] {
  if (issue.code !== 'unrecognized_keys') {
    return [{ path: formatPath(issue.path), message: issue.message }];
  }
  return issue.keys.map((key) => ({
    path: formatPath([...issue.path, key]),
    message: 'this key is unknown: correct its spelling or remove it',
  }));
}
