import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Button } from '../../parts/button.js';
import type { ViewContext } from '../../shell/view-context.js';
import { formatNumber, formatTime } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { Directory } from '../live/directory.js';
import { LiveTail } from '../live/live-tail.js';
import { formatRate } from '../model/figures.js';
import { MAX_TAIL, passes, summaryOf, type TailEvent, type TailFilter } from '../model/tail.js';
import { Choice, Suggestions } from '../ui/choice.js';
import { DataTable, type DataColumn } from '../ui/data-table.js';
import { Figure, Figures, Panel } from '../ui/panel.js';
import { EventData } from './event-data.js';

interface EventsPanelProps {
  readonly context: ViewContext;
  readonly directory: Directory;
}

/** All events of the organization as they come, or some of them. */
export function EventsPanel({ context, directory }: EventsPanelProps) {
  const words = text.admin.events;
  const filter = useSignal<TailFilter>({ entity: '', event: '' });
  const opened = useSignal<string | undefined>(undefined);
  const names = useRef(directory.names);
  names.current = directory.names;
  const nameOf = (id: string): string => names.current.nameOf(id);
  const tail = useMemo(
    () => new LiveTail(context.client, nameOf, () => context.now.peek()),
    [context],
  );
  useEffect(() => tail.start(), [tail]);
  const { events, perSecond, isPaused } = tail.view.value;
  const rows = events.filter((event) => passes(event, filter.value, nameOf));
  const change = (changes: Partial<TailFilter>): void => {
    filter.value = { ...filter.value, ...changes };
    tail.filterBy(filter.value);
  };
  return (
    <Panel
      title={words.title}
      lead={words.lead}
      tools={
        <>
          <Button aria-pressed={isPaused} onClick={() => tail.pause(!isPaused)}>
            {isPaused ? words.resume : words.pause}
          </Button>
          <Button onClick={() => tail.clear()}>{words.clear}</Button>
        </>
      }
    >
      <div class="filters">
        <Suggestions
          label={words.entity}
          value={filter.value.entity}
          options={directory.names.all.map(({ name }) => name)}
          placeholder={words.anyEntity}
          onInput={(entity) => change({ entity })}
        />
        <Choice
          label={words.event}
          value={filter.value.event}
          options={[
            { value: '', label: words.anyEvent },
            ...directory.eventNames.map((name) => ({ value: name, label: name })),
          ]}
          onChange={(event) => change({ event })}
        />
        <Figures>
          <Figure label={words.rate}>{isPaused ? words.paused : formatRate(perSecond)}</Figure>
          <Figure label={words.shown}>{formatNumber(rows.length)}</Figure>
        </Figures>
      </div>
      <DataTable
        caption={words.title}
        columns={columnsOf(directory)}
        rows={rows}
        keyOf={({ key }) => String(key)}
        empty={isPaused ? words.nonePaused : words.none}
        opened={opened.value}
        onOpen={(key) => {
          opened.value = key;
          // Nobody can read what moves away.
          if (key !== undefined) tail.pause(true);
        }}
        openLabel={({ name, entityId }) => words.open(name, nameOf(entityId))}
        detail={eventData}
      />
      <p class="more">{words.bound(formatNumber(MAX_TAIL))}</p>
    </Panel>
  );
}

function eventData(event: TailEvent) {
  return <EventData event={event} />;
}

function columnsOf({ names }: Directory): readonly DataColumn<TailEvent>[] {
  const { column } = text.admin.events;
  return [
    { key: 'time', label: column.time, cell: ({ at }) => <time>{formatTime(at)}</time> },
    { key: 'event', label: column.event, isHeading: true, cell: ({ name }) => name },
    { key: 'entity', label: column.entity, cell: ({ entityId }) => names.nameOf(entityId) },
    {
      key: 'says',
      label: column.says,
      cell: ({ data }) => <span class="says">{summaryOf(data)}</span>,
    },
  ];
}
