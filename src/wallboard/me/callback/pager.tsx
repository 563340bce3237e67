import { Button } from '../../parts/button.js';
import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { Page } from './urgency.js';

interface PagerProps {
  readonly page: Pick<Page<unknown>, 'index' | 'count'>;
  readonly onTurn: (index: number) => void;
}

/** Leads from page to page; not there when there is only one. */
export function Pager({ page: { index, count }, onTurn }: PagerProps) {
  if (count <= 1) return null;
  const words = text.me.callbacks;
  return (
    <nav class="pager" aria-label={words.title}>
      <Button disabled={index === 0} onClick={() => onTurn(index - 1)}>
        {words.previous}
      </Button>
      <span>{words.page(formatNumber(index + 1), formatNumber(count))}</span>
      <Button disabled={index === count - 1} onClick={() => onTurn(index + 1)}>
        {words.next}
      </Button>
    </nav>
  );
}
