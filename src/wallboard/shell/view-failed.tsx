import { Button } from '../parts/button.js';
import { text } from '../texts/index.js';

/** What stands in the place of a view whose files the hub does not serve. */
export function ViewFailed() {
  const { title, detail, reload } = text.shell.viewFailed;
  return (
    <section class="view-failed" role="alert">
      <h1>{title}</h1>
      <p>{detail}</p>
      <Button onClick={() => location.reload()}>{reload}</Button>
    </section>
  );
}
