/** Why a connection could not be made, or was lost; `message` is short, so that equal ones can be counted. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
}

/** What failed, in few words and without addresses, so that equal failures are counted together. */
export function failureOf(error: unknown): string {
  if (error instanceof AggregateError) return failureOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  if (error instanceof LoadError) return error.message;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
