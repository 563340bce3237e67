import type { Page } from 'playwright-core';

/** How evenly a page drew. */
export interface Frames {
  readonly perSecond: number;
  /** Frames that missed one refresh of 60 Hz, or two. */
  readonly over16: number;
  readonly over33: number;
  /** The longest, milliseconds. */
  readonly longest: number;
  /** Milliseconds of tasks that kept the page busy for more than 50 ms, as browsers count them. */
  readonly blocked: number;
}

/** Watches the frames of a page for so long. */
export async function watchFrames(page: Page, seconds: number): Promise<Frames> {
  const { frames, blocked } = await page.evaluate(
    (milliseconds) =>
      new Promise<{ frames: number[]; blocked: number }>((resolve) => {
        const times: number[] = [];
        let busy = 0;
        const observer = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) busy += duration - 50;
        });
        observer.observe({ entryTypes: ['longtask'] });
        const begin = performance.now();
        const next = (time: number): void => {
          times.push(time);
          if (performance.now() - begin < milliseconds) requestAnimationFrame(next);
          else {
            observer.disconnect();
            resolve({
              frames: times.slice(1).map((at, index) => at - (times[index] ?? at)),
              blocked: busy,
            });
          }
        };
        requestAnimationFrame(next);
      }),
    seconds * 1000,
  );
  // Times of frames are rounded to a tenth of a millisecond; half a refresh more is one missed.
  return {
    perSecond: frames.length / seconds,
    over16: frames.filter((frame) => frame > 25).length,
    over33: frames.filter((frame) => frame > 41.7).length,
    longest: Math.max(...frames),
    blocked,
  };
}

/**
 * To be run before the page's own scripts: notes when the page showed its first figure and when it
 * knew all agents, ms since the navigation, as JSON in `data-first-figures` of the document.
 */
export function noteFirstFigures(): void {
  const noted: { figure?: number; all?: number } = {};
  const look = (): void => {
    const figure = document.querySelector('.callers dd')?.textContent ?? '–';
    if (noted.figure === undefined && figure !== '–') noted.figure = performance.now();
    const isAll =
      document.querySelector('.agent') !== null &&
      document.querySelector('.agent[data-state="unknown"]') === null;
    if (noted.all === undefined && isAll && noted.figure !== undefined) {
      noted.all = performance.now();
    }
    if (noted.all === undefined) requestAnimationFrame(look);
    else document.documentElement.dataset['firstFigures'] = JSON.stringify(noted);
  };
  requestAnimationFrame(look);
}
