import { useMemo } from 'preact/hooks';
import { Sparkline } from '../../parts/sparkline.js';
import { text } from '../../texts/index.js';
import type { Board } from '../live/board.js';
import type { Named } from '../live/roster.js';
import { BUCKET_MS } from '../model/waiting-history.js';

/** The shortest time that fills the whole width. */
const SHORTEST_MS = 10 * 60_000;

interface TrendProps {
  readonly board: Board;
  readonly queue: Named;
}

/** How many callers waited in the last hour, as far as the board looked. */
export function Trend({ board, queue }: TrendProps) {
  const trend = useMemo(() => board.trend(queue.id), [board, queue.id]);
  const { points, end } = trend.value;
  const begin = end - points.length * BUCKET_MS;
  const samples = points.map((value, index) => ({ at: begin + index * BUCKET_MS, value }));
  const first = samples.find(({ value }) => value !== null)?.at ?? end;
  // A board that was just opened would else show an hour of nothing and a dot at its end.
  const from = Math.max(begin, Math.min(first, end - SHORTEST_MS));
  return (
    <Sparkline label={text.board.queues.trend(queue.name)} samples={samples} from={from} to={end} />
  );
}
