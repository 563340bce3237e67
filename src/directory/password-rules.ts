import type { DirectoryFault } from './faults.js';
import type { DirectoryFile } from './file-schema.js';

/** What the directory needs of password hashing; identity has it. */
export interface PasswordHashing {
  /** A hash to keep instead of the password. */
  hash(password: string): Promise<string>;
  /** Whether text has the form that `hash` gives. */
  isHash(text: string): boolean;
}

/** Faults of the users' passwords: both forms given, a hash of wrong form, plain text in production. */
export function passwordFaults(
  file: DirectoryFile,
  passwords: PasswordHashing,
  production: boolean,
): DirectoryFault[] {
  return file.users.flatMap(({ password, passwordHash }, index) => {
    const faults: DirectoryFault[] = [];
    if (password !== undefined && passwordHash !== undefined) {
      const message = 'give either password or passwordHash, not both';
      faults.push({ path: `users[${index}].password`, message });
    }
    if (password !== undefined && production) {
      const message =
        'a plain password is not accepted in production: give passwordHash, as rte-hub hash-password prints it';
      faults.push({ path: `users[${index}].password`, message });
    }
    if (passwordHash !== undefined && !passwords.isHash(passwordHash)) {
      const message = 'this is not a hash: give what rte-hub hash-password prints';
      faults.push({ path: `users[${index}].passwordHash`, message });
    }
    return faults;
  });
}

/** One warning that counts the plain passwords, if there are any. */
export function passwordWarnings(file: DirectoryFile): DirectoryFault[] {
  const plain = file.users.filter((user) => user.password !== undefined).length;
  if (plain === 0) return [];
  const message = `${plain} user(s) have a plain password: give passwordHash, as rte-hub hash-password prints it`;
  return [{ path: 'users', message }];
}

/** The hashes to keep, by user id. A password that several users share is hashed once. */
export async function hashPasswords(
  file: DirectoryFile,
  passwords: PasswordHashing,
): Promise<ReadonlyMap<string, string>> {
  const byPassword = new Map<string, Promise<string>>();
  const hashes = new Map<string, string>();
  for (const { id, password, passwordHash } of file.users) {
    if (passwordHash !== undefined) hashes.set(id, passwordHash);
    if (password === undefined) continue;
    const hashing = byPassword.get(password) ?? passwords.hash(password);
    byPassword.set(password, hashing);
    hashes.set(id, await hashing);
  }
  return hashes;
}
