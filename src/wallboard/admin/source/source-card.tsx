import type { ReadonlySignal } from '@preact/signals';
import { Duration } from '../../parts/duration.js';
import { SeverityBadge } from '../../parts/severity.js';
import { formatDateTime, formatNumber, formatShare } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import {
  formatMilliseconds,
  formatRate,
  SEVERITY_OF_STATE,
  severityOfLag,
} from '../model/figures.js';
import { outcomesOf } from '../model/outcomes.js';
import { outcomeWords } from '../model/reasons.js';
import type { Source } from '../model/schemas.js';
import { Figure, Figures } from '../ui/panel.js';

interface SourceCardProps {
  readonly source: Source;
  readonly now: ReadonlySignal<number>;
}

/** A source: how it is, how late its events come, what becomes of them, what was wrong last. */
export function SourceCard({ source, now }: SourceCardProps) {
  const words = text.admin.sources;
  const severity = SEVERITY_OF_STATE[source.State];
  return (
    <article class="source" data-severity={severity === 'ok' ? undefined : severity}>
      <header>
        <h3>{source.Name}</h3>
        <SeverityBadge severity={severity} label={words.state[source.State]} />
        <span class="since">
          {words.since} <Duration since={Date.parse(source.Since)} now={now} />
        </span>
      </header>
      {source.Reason === null ? null : (
        <p class="trouble">
          {source.Reason}
          {source.Detail === null ? null : <code>{source.Detail}</code>}
        </p>
      )}
      <Flow source={source} now={now} />
      {source.IsShared ? <p class="hint">{words.shared}</p> : null}
      {source.Outcomes === null ? null : <Outcomes counts={source.Outcomes} />}
      <LastError error={source.LastError} />
    </article>
  );
}

function Flow({ source, now }: SourceCardProps) {
  const words = text.admin.sources;
  const { Lag, LastEvent, EventsPerSecond, Reconnects } = source;
  return (
    <Figures>
      <Figure label={words.lastEvent}>
        {LastEvent === null ? words.never : <Duration since={Date.parse(LastEvent)} now={now} />}
      </Figure>
      {EventsPerSecond === null ? null : (
        <Figure label={words.perSecond}>{formatRate(EventsPerSecond)}</Figure>
      )}
      {Lag === null ? (
        <Figure label={words.lag}>{words.unknownLag}</Figure>
      ) : (
        <>
          <Figure label={words.median} severity={severityOfLag(Lag.MedianMs)}>
            {formatMilliseconds(Lag.MedianMs)}
          </Figure>
          <Figure label={words.p95} severity={severityOfLag(Lag.P95Ms)}>
            {formatMilliseconds(Lag.P95Ms)}
          </Figure>
          <Figure label={words.max} severity={severityOfLag(Lag.MaxMs)}>
            {formatMilliseconds(Lag.MaxMs)}
          </Figure>
        </>
      )}
      <Figure label={words.reconnects}>{formatNumber(Reconnects)}</Figure>
    </Figures>
  );
}

function Outcomes({ counts }: { readonly counts: Readonly<Record<string, number>> }) {
  const words = text.admin.sources;
  const outcomes = outcomesOf(counts);
  return (
    <section>
      <h4>{words.outcomes}</h4>
      {outcomes.length === 0 ? <p class="hint">{words.noEvents}</p> : null}
      <ul class="outcomes">
        {outcomes.map(({ name, count, share, isTrouble }) => (
          <li key={name} data-severity={isTrouble ? 'warning' : undefined}>
            <span class="outcome-words">{outcomeWords(name)}</span>
            <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
              <rect width={Math.max(1, 100 * share)} height="1" />
            </svg>
            <span class="outcome-share">{formatShare(share)}</span>
            <span class="outcome-count">{formatNumber(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function LastError({ error }: { readonly error: Source['LastError'] }) {
  const words = text.admin.sources;
  return (
    <section>
      <h4>{words.lastError}</h4>
      {error === null ? (
        <p class="hint">{words.noError}</p>
      ) : (
        <p class="last-error">
          <time>{formatDateTime(Date.parse(error.At))}</time> {error.Reason}
          {error.Detail === null ? null : <code>{error.Detail}</code>}
        </p>
      )}
    </section>
  );
}
