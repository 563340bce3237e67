/** wazo-amid reads its manager connection in pieces of this many bytes. */
const READ_BYTES = 4096;

interface AmiEvent {
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The order in which wazo-amid publishes what Asterisk said: it reads pieces of 4096 bytes and
 * publishes the events that a piece completes last first.
 */
export function amidOrder<Event extends AmiEvent>(events: readonly Event[]): Event[] {
  const reads: Event[][] = [];
  let bytes = 0;
  for (const event of events) {
    bytes += sizeOf(event);
    const read = Math.ceil(bytes / READ_BYTES) - 1;
    (reads[read] ??= []).push(event);
  }
  // An event longer than a piece leaves pieces that complete nothing.
  return reads.flatMap((read) => [...(read ?? [])].reverse());
}

/** As Asterisk writes it: `Key: value` lines and a blank one. */
function sizeOf({ data }: AmiEvent): number {
  const lines = Object.entries(data).map(([key, value]) => `${key}: ${String(value)}\r\n`);
  return Buffer.byteLength(`${lines.join('')}\r\n`);
}
