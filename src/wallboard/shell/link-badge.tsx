import { SeverityBadge, type Severity } from '../parts/severity.js';
import { text } from '../texts/index.js';
import type { LinkState } from './link-state.js';

const SEVERITIES: Readonly<Record<LinkState['kind'], Severity>> = {
  live: 'ok',
  connecting: 'warning',
  reconnecting: 'warning',
  stale: 'warning',
  down: 'critical',
  ended: 'critical',
};

/** The connection in a word, for the header; the banner has the rest. */
export function LinkBadge({ link }: { readonly link: LinkState }) {
  return <SeverityBadge severity={SEVERITIES[link.kind]} label={text.shell.link[link.kind]} />;
}
