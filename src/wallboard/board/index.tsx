import { useEffect, useMemo } from 'preact/hooks';
import { storageOf } from '../shell/browser-storage.js';
import type { ViewProps } from '../shell/view-context.js';
import './board.css';
import { Board } from './live/board.js';
import { KeptValues } from './live/kept-values.js';
import type { AskFrame } from './live/once-per-frame.js';
import { BoardPage } from './ui/board-page.js';

/**
 * At most ten changes of the page a second: the first at once, those of a storm together. Nobody
 * reads faster, and each costs a layout of the whole board.
 */
const LEAST_MS = 100;

/** A page that nobody sees has no frames, and catches up when it is seen. */
function pacedFrames(): AskFrame {
  let shownAt = 0;
  return (run) => {
    let handle = 0;
    const ask = (): void => {
      handle = requestAnimationFrame((time) => {
        shownAt = time;
        run();
      });
    };
    const timer = setTimeout(ask, Math.max(0, shownAt + LEAST_MS - performance.now()));
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(handle);
    };
  };
}

/** The wallboard. */
export function View({ context }: ViewProps) {
  const board = useMemo(
    () =>
      new Board({
        context,
        kept: new KeptValues(
          storageOf(() => localStorage),
          context.me.id,
        ),
        search: location.search,
        askFrame: pacedFrames(),
      }),
    [context],
  );
  useEffect(() => {
    board.start();
    return () => board.stop();
  }, [board]);
  return <BoardPage board={board} context={context} />;
}
