import type { ViewContext } from '../../shell/view-context.js';
import { text } from '../../texts/index.js';
import { usePolled } from '../live/polled.js';
import { sourcesSchema } from '../model/schemas.js';
import { Panel } from '../ui/panel.js';
import { SourceCard } from './source-card.js';

/** Where events come from, whether they come, and how late. */
export function SourcesPanel({ context }: { readonly context: ViewContext }) {
  const words = text.admin.sources;
  const { body, problem } = usePolled(context.rest, '/admin/sources', sourcesSchema);
  return (
    <Panel title={words.title} lead={words.lead} asOf={body?.AsOf} problem={problem}>
      {body?.Sources.map((source) => (
        <SourceCard key={source.Name} source={source} now={context.now} />
      ))}
      {body?.Sources.length === 0 ? <p class="nothing">{words.none}</p> : null}
      {body === undefined ? <p class="nothing">{text.admin.reading}</p> : null}
    </Panel>
  );
}
