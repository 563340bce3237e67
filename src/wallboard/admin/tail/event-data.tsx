import { useSignal } from '@preact/signals';
import { Button } from '../../parts/button.js';
import { text } from '../../texts/index.js';
import type { TailEvent } from '../model/tail.js';

/** All that an event says, as it came. */
export function EventData({ event }: { readonly event: TailEvent }) {
  const words = text.admin.events;
  const said = useSignal('');
  const json = JSON.stringify(event.data, undefined, 2);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(json);
      said.value = words.copied;
    } catch {
      // The browser says no, or there is no clipboard, as on pages without TLS.
      said.value = words.notCopied;
    }
  };
  return (
    <div class="event-data">
      <div class="actions">
        <Button onClick={() => void copy()}>{words.copy}</Button>
        <output>{said.value}</output>
      </div>
      {/* A region that scrolls has to be reached by keyboard (WCAG 2.1.1). */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0}>{json}</pre>
    </div>
  );
}
