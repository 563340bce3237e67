import { useEffect } from 'preact/hooks';
import { Button } from '../parts/button.js';
import { text } from '../texts/index.js';
import { reloadIfServed } from './new-build.js';

/** On a wall screen nobody presses the button. */
const RETRY_MS = 15_000;

/** What stands in the place of a view whose files could not be loaded, until they can. */
export function ViewFailed() {
  const { title, detail, reload } = text.shell.viewFailed;
  useEffect(() => {
    const timer = setInterval(() => void reloadIfServed(), RETRY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <section class="view-failed" role="alert">
      <h1>{title}</h1>
      <p>{detail}</p>
      <Button onClick={() => location.reload()}>{reload}</Button>
    </section>
  );
}
