import { Button } from '../../parts/button.js';
import { text } from '../../texts/index.js';
import type { CallbackBench } from './callback-bench.js';
import { nameOfContact } from './words.js';

/** Says what was closed last, and takes it back. */
export function ClosedNotice({ bench }: { readonly bench: CallbackBench }) {
  const closed = bench.closed.value;
  const words = text.me.callbacks;
  return (
    <output>
      {closed === null ? null : (
        <span class="notice">
          <span>
            {words.closed(nameOfContact(closed.callback))}{' '}
            {closed.problem === '' ? null : words.reopenFailed(closed.problem)}
          </span>
          <Button kind="plain" onClick={() => void bench.reopen()}>
            {words.reopen}
          </Button>
          <Button kind="plain" onClick={() => bench.forgetClosed()}>
            {words.dismiss}
          </Button>
        </span>
      )}
    </output>
  );
}
