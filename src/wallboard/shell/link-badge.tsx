import { text } from '../texts/index.js';
import type { LinkState } from './link-state.js';

/** The connection in one word, for the header; the banner has the rest. */
export function LinkBadge({ link }: { readonly link: LinkState }) {
  return (
    <span class="link-badge" data-link={link.kind}>
      {text.shell.link[link.kind]}
    </span>
  );
}
