import type { AskFrame } from '../../../../src/wallboard/board/live/once-per-frame.js';

/** Frames that come when the test says so. */
export class ManualFrames {
  #waiting: (() => void) | undefined;
  /** How many frames were asked for. */
  asked = 0;

  readonly ask: AskFrame = (run) => {
    this.asked += 1;
    this.#waiting = run;
    return () => {
      this.#waiting = undefined;
    };
  };

  /** The next frame, if one was asked for. */
  next(): void {
    const run = this.#waiting;
    this.#waiting = undefined;
    run?.();
  }
}
