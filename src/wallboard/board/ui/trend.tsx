import { useMemo } from 'preact/hooks';
import { Sparkline } from '../../parts/sparkline.js';
import { text } from '../../texts/index.js';
import type { Board } from '../live/board.js';
import type { Named } from '../live/roster.js';
import { MINUTE_MS } from '../model/waiting-history.js';

/** The shortest time that fills the whole width. */
const SHORTEST_MS = 10 * 60_000;

interface TrendProps {
  readonly board: Board;
  readonly queue: Named;
}

/** How many callers waited in the last hour, as far as that is known. */
export function Trend({ board, queue }: TrendProps) {
  const trend = useMemo(() => board.trend(queue.id), [board, queue.id]);
  const { points, end } = trend.value;
  const begin = end - points.length * MINUTE_MS;
  const samples = points.map((value, index) => ({ at: begin + index * MINUTE_MS, value }));
  const first = samples.find(({ value }) => value !== null)?.at ?? end;
  // With a hub that was just started it would else be an hour of nothing and a dot at its end.
  const from = Math.max(begin, Math.min(first, end - SHORTEST_MS));
  return (
    <Sparkline label={text.board.queues.trend(queue.name)} samples={samples} from={from} to={end} />
  );
}
