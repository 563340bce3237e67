import { isGuid } from '../contact-center/index.js';
import type { CallbackPosition } from './callback-operations.js';

const TIME = /^\d{1,15}$/u;

/** A place in a list as clients get it: they are not to read it. */
export function formatCursor({ creationTime, id }: CallbackPosition): string {
  return Buffer.from(`${String(creationTime)} ${id}`).toString('base64url');
}

/** The place that a cursor stands for; undefined for text that is none. */
export function parseCursor(cursor: string): CallbackPosition | undefined {
  const [time = '', id = '', ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!TIME.test(time) || !isGuid(id) || rest.length > 0) return undefined;
  return { creationTime: Number(time), id };
}
