/** How often the clock is looked at. */
const TICK_MS = 5_000;

/**
 * A tick that comes this much too late means that the machine slept: browsers delay the timers of a
 * hidden page by up to a minute.
 */
const SLEPT_MS = 90_000;

/** A clock that goes on by so much more or less than time has passed was set, or the machine slept. */
const SET_MS = 2_000;

/**
 * Acts when the network has come back or the page is looked at again (browsers), and when the clock
 * has jumped, as it does while a laptop sleeps, or when a screen without a clock of its own has got
 * the time from the network.
 * @returns what ends that
 */
export function onWake(act: () => void): () => void {
  const stops = [watchClock(act), listen(globalThis, 'online', act)];
  const page: unknown = Reflect.get(globalThis, 'document');
  const onVisible = (): void => {
    if (isObject(page) && Reflect.get(page, 'visibilityState') === 'visible') act();
  };
  stops.push(listen(page, 'visibilitychange', onVisible));
  return () => {
    for (const stop of stops) stop();
  };
}

function watchClock(act: () => void): () => void {
  let [last, lastTick] = [Date.now(), performance.now()];
  const timer = setInterval(() => {
    const [now, tick] = [Date.now(), performance.now()];
    const slept = now - last > TICK_MS + SLEPT_MS;
    const isSet = Math.abs(now - last - (tick - lastTick)) > SET_MS;
    [last, lastTick] = [now, tick];
    if (slept || isSet) act();
  }, TICK_MS);
  return () => clearInterval(timer);
}

function listen(target: unknown, event: string, act: () => void): () => void {
  if (!isEventTarget(target)) return () => {};
  target.addEventListener(event, act);
  return () => target.removeEventListener(event, act);
}

/** Node's global object is none. */
function isEventTarget(value: unknown): value is EventTarget {
  return isObject(value) && typeof Reflect.get(value, 'addEventListener') === 'function';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
