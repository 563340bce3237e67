const WISHES: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['0', false],
]);

/**
 * Whether a connection gets the last states of what it subscribes to: as its query says with
 * `snapshot=1` or `snapshot=0`, else as the hub is set.
 */
export function wantsSnapshot(query: ReadonlyMap<string, string>, byDefault: boolean): boolean {
  return WISHES.get(query.get('snapshot') ?? '') ?? byDefault;
}
