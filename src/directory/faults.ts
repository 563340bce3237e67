/** One thing that is wrong in a directory file. */
export interface DirectoryFault {
  /** Where, as `queues[2].members[0]`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong, with the value, and what would be right. */
  readonly message: string;
}

/** A directory that cannot be used, with all its faults. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  readonly faults: readonly DirectoryFault[];

  constructor(faults: readonly DirectoryFault[]) {
    super(`The directory has ${faults.length} fault(s):\n${faults.map(formatFault).join('\n')}`);
    this.faults = faults;
  }
}

/** One fault as a line of text. */
export function formatFault({ path, message }: DirectoryFault): string {
  return path === '' ? message : `${path}: ${message}`;
}

/** A path of keys and indexes in the notation of JavaScript. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
