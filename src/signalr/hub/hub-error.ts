/** An error whose text may reach the caller. All other errors are hidden from clients. */
export class HubError extends Error {
  override readonly name = 'HubError';
}

/**
 * The text that a client is given for an error. HubErrors are called HubException on the wire,
 * because that is what ASP.NET Core's clients look for.
 */
export function clientErrorText(general: string, error: unknown, detailed: boolean): string {
  if (error instanceof HubError) return `${general} HubException: ${error.message}`;
  if (detailed && error instanceof Error) return `${general} ${error.name}: ${error.message}`;
  return general;
}
