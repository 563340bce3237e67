import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { isTrusted } from '../../shell/link-state.js';
import type { ViewContext } from '../../shell/view-context.js';
import { type AddressOptions, readAddress } from '../model/address-options.js';
import {
  type BoardOptions,
  type ChosenOptions,
  DEFAULT_OPTIONS,
  ownOptions,
} from '../model/board-options.js';
import { countGroups, type GroupCounts } from '../model/center-summary.js';
import { boardClock } from './board-clock.js';
import { BoardStore } from './board-store.js';
import { CallbackBoard } from './callback-board.js';
import { HubFeed } from './hub-feed.js';
import type { KeptValues } from './kept-values.js';
import type { AskFrame } from './once-per-frame.js';
import { QueueBoard } from './queue-board.js';
import type { RosterAgent, RosterList } from './roster.js';
import { isSameList, isSameRecord, steady } from './steady.js';
import { type Trend, WaitingRecorder } from './waiting-recorder.js';

/** What a board is made of. */
interface BoardParts {
  readonly context: Pick<ViewContext, 'client' | 'rest' | 'now' | 'link'>;
  readonly kept: KeptValues;
  /** The query of the page's address. */
  readonly search: string;
  readonly askFrame: AskFrame;
}

/** Parameters of the address that are the shell's. */
const SHELLS_PARAMETERS = ['theme', 'tv'];

/** All that the board shows, each thing as a signal that changes only when it is to be drawn anew. */
export class Board {
  readonly store: BoardStore;
  readonly feed: HubFeed;
  /** What durations are counted by, epoch ms. */
  readonly clock: ReadonlySignal<number>;
  readonly address: AddressOptions;
  readonly options: ReadonlySignal<BoardOptions>;
  readonly queues: QueueBoard;
  readonly callbacks: CallbackBoard;
  /** The members of the queues shown. */
  readonly agents: ReadonlySignal<readonly RosterAgent[]>;
  readonly groupCounts: ReadonlySignal<GroupCounts>;
  /** The call lists of the queues shown, and those of no queue. */
  readonly callLists: ReadonlySignal<readonly RosterList[]>;
  /** Why the hub's answers could not be read; undefined when they could. */
  readonly failure: ReadonlySignal<Error | undefined>;
  readonly #parts: BoardParts;
  readonly #chosen;
  readonly #recorder: WaitingRecorder;
  #stopRecording: (() => void) | undefined;

  constructor(parts: BoardParts) {
    const { context, kept, search, askFrame } = parts;
    this.#parts = parts;
    this.store = new BoardStore(askFrame);
    this.feed = new HubFeed({ ...context, store: this.store });
    this.clock = boardClock(context);
    this.address = readAddress(search, SHELLS_PARAMETERS);
    this.#chosen = signal<ChosenOptions>(kept.options());
    this.#recorder = new WaitingRecorder(context.rest);
    this.failure = computed(() => this.feed.failure.value ?? this.#recorder.failure.value);
    this.options = computed(() => ({
      ...DEFAULT_OPTIONS,
      ...this.#chosen.value,
      ...this.address.chosen,
    }));
    const { store, clock, options } = this;
    const { roster } = this.feed;
    this.queues = new QueueBoard({ store, clock, options, roster });
    const shown = computed(() => new Set((this.queues.shown.value ?? []).map(({ id }) => id)));
    this.agents = computed(() =>
      (roster.value?.agents ?? []).filter(({ queueIds }) => isOneOf(queueIds, shown.value)),
    );
    this.groupCounts = steady(() => this.#groupCounts(), isSameRecord);
    this.callLists = computed(() =>
      (roster.value?.callLists ?? []).filter(
        ({ queueIds }) => queueIds.length === 0 || isOneOf(queueIds, shown.value),
      ),
    );
    this.callbacks = new CallbackBoard({ store, clock, options, lists: this.callLists });
  }

  /** Follows the hub until `stop`. */
  start(): void {
    const { now, link } = this.#parts.context;
    this.#stopRecording = effect(() => {
      const at = now.value;
      if (isTrusted(link.value)) this.#recorder.record(this.#waiting(), at);
      else this.#recorder.miss(at);
    });
    void this.#follow();
  }

  stop(): void {
    this.#stopRecording?.();
    this.#recorder.stop();
    this.feed.stop();
    this.store.stop();
  }

  /** How many callers waited in a queue in the last hour. */
  trend(queueId: string): ReadonlySignal<Trend> {
    const { now } = this.#parts.context;
    return steady(
      () => this.#recorder.trend(queueId, now.value),
      (one, other) => one.end === other.end && isSameList(one.points, other.points),
    );
  }

  /** Takes what was chosen in the dialog, and keeps it on the device. */
  choose(options: BoardOptions): void {
    const own = ownOptions(options, this.#chosen.peek(), this.address.chosen);
    this.#parts.kept.keepOptions(own);
    this.#chosen.value = own;
  }

  /** Also while a source is lost there is an hour before it. Never rejects. */
  async #follow(): Promise<void> {
    await this.feed.start();
    if (!isTrusted(this.#parts.context.link.peek())) this.#recorder.read();
  }

  #groupCounts(): GroupCounts {
    const groups = this.store.groups.value;
    return countGroups(this.agents.value.map(({ id }) => groups(id)));
  }

  #waiting(): (readonly [string, number])[] {
    return (this.queues.shown.peek() ?? []).flatMap(({ id }) => {
      const told = this.store.lastTold(id);
      return told === undefined ? [] : [[id, told.waiting] as const];
    });
  }
}

function isOneOf(ids: readonly string[], wanted: ReadonlySet<string>): boolean {
  return ids.some((id) => wanted.has(id));
}
