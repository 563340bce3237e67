import { useEffect, useMemo } from 'preact/hooks';
import { storageOf } from '../shell/browser-storage.js';
import type { ViewProps } from '../shell/view-context.js';
import './board.css';
import { Board } from './live/board.js';
import { KeptValues } from './live/kept-values.js';
import type { AskFrame } from './live/once-per-frame.js';
import { BoardPage } from './ui/board-page.js';

/** A page that nobody sees has no frames, and catches up when it is seen. */
const windowFrames: AskFrame = (run) => {
  const handle = requestAnimationFrame(run);
  return () => cancelAnimationFrame(handle);
};

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
        askFrame: windowFrames,
      }),
    [context],
  );
  useEffect(() => {
    const keep = (): void => board.keepHistory();
    addEventListener('pagehide', keep);
    board.start();
    return () => {
      removeEventListener('pagehide', keep);
      board.stop();
    };
  }, [board]);
  return <BoardPage board={board} context={context} />;
}
