import { readFile, stat } from 'node:fs/promises';
import { parseDirectory, type DirectoryOptions, type ParsedDirectory } from './parse-directory.js';

/** A larger file is no directory of people and queues; reading it would only cost memory. */
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Reads and checks a directory file. A file that is missing, too large or no JSON is a fault like
 * any other; it never throws for what the file is.
 */
export async function readDirectoryFile(
  path: string,
  options: DirectoryOptions,
): Promise<ParsedDirectory> {
  const text = await readText(path);
  if (!text.ok) return wrongFile(text.message);
  const json = parseJson(text.value);
  if (!json.ok) return wrongFile(`${path} is not JSON: ${json.message}`);
  return parseDirectory(json.value, options);
}

type Read<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string };

async function readText(path: string): Promise<Read<string>> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) {
      return { ok: false, message: `${path} has ${size} bytes; at most ${MAX_BYTES} are read` };
    }
    return { ok: true, value: await readFile(path, 'utf8') };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, message: `${path} cannot be read (${reason}): correct RTE_DIRECTORY` };
  }
}

function parseJson(text: string): Read<unknown> {
  try {
    // Editors on Windows put a byte order mark in front, which JSON does not know.
    return { ok: true, value: JSON.parse(text.replace(/^\u{FEFF}/u, '')) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function wrongFile(message: string): ParsedDirectory {
  return { ok: false, faults: [{ path: '', message }] };
}
