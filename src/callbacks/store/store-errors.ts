/** The store can't be used now; trying again later may go well. The message is for operators. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

/** The store can't be used until somebody mends it; the message says how. */
export class StoreBrokenError extends Error {
  override readonly name = 'StoreBrokenError';
}

/** The code of a database's error, such as `SQLITE_FULL` or `57P01`; undefined for another error. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // A host of several addresses that all refuse gives one error for each of them.
  if (error instanceof AggregateError && !('code' in error)) return codeOf(error.errors[0]);
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What an error says, also when it holds others and says nothing itself. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
