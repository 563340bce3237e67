import type { ChannelRow } from './ami-answers.js';

/** Local and other channels are named `Technology/name-number`, halves of a Local one with `;1`. */
const CHANNEL_SUFFIX = /-[0-9a-f]+(?:;[12])?$/u;

/** All live channels of an Asterisk. */
export class ChannelList {
  readonly #byId: ReadonlyMap<string, ChannelRow>;
  readonly #rows: readonly ChannelRow[];

  constructor(rows: readonly ChannelRow[]) {
    this.#rows = rows;
    this.#byId = new Map(rows.map((row) => [row.Uniqueid, row]));
  }

  /** The unique ids of all. */
  get ids(): readonly string[] {
    return [...this.#byId.keys()];
  }

  /** The id that all channels of a call share; undefined for a channel that is not there. */
  linkedId(uniqueId: string): string | undefined {
    return this.#byId.get(uniqueId)?.Linkedid;
  }

  /** Callers whom that queue has connected: they stay in its application, in a bridge. */
  connectedTo(queueName: string): readonly ChannelRow[] {
    return this.#rows.filter(
      ({ Application, ApplicationData, BridgeId }) =>
        Application === 'Queue' &&
        BridgeId !== '' &&
        ApplicationData.split(',', 1)[0] === queueName,
    );
  }

  /** The others in the bridge of a channel. */
  peersOf({ Uniqueid, BridgeId }: ChannelRow): readonly ChannelRow[] {
    if (BridgeId === '') return [];
    return this.#rows.filter((row) => row.BridgeId === BridgeId && row.Uniqueid !== Uniqueid);
  }

  /** Channels by which a queue rings somebody for that caller: nobody has answered them. */
  rungFor(caller: ChannelRow): readonly ChannelRow[] {
    const { Linkedid } = caller;
    if (Linkedid === undefined) return [];
    return this.#rows.filter(
      (row) => row.Application === 'AppQueue' && row.Linkedid === Linkedid && row.BridgeId === '',
    );
  }

  get(uniqueId: string): ChannelRow | undefined {
    return this.#byId.get(uniqueId);
  }
}

/** The interface that a channel was made of, as members of queues are named. */
export function interfaceOf({ Channel }: ChannelRow): string {
  return Channel.replace(CHANNEL_SUFFIX, '');
}
