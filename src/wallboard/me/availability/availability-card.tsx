import type { ReadonlySignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { Button } from '../../parts/button.js';
import { Field } from '../../parts/field.js';
import { Icon } from '../icon.js';
import { formatMoment } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import {
  type Availability,
  type AvailabilityName,
  DURATIONS,
  type Duration,
  endOf,
  EVENT_SOURCE,
} from './availability.js';
import { AvailabilityChoice } from './availability-choice.js';
import { shownName } from './availability-state.js';
import type { OwnAvailability } from './own-availability.js';
import './availability.css';

const MAX_NOTE = 500;

interface AvailabilityCardProps {
  readonly availability: OwnAvailability;
  readonly now: ReadonlySignal<number>;
  /** Why nothing can be set now; undefined when it can. */
  readonly blocked: string | undefined;
}

/** The own availability as it is, and the setting of another one. */
export function AvailabilityCard({ availability, now, blocked }: AvailabilityCardProps) {
  const [note, setNote] = useState('');
  const [duration, setDuration] = useState<Duration>('open');
  const state = availability.state.value;
  const choose = async (name: AvailabilityName): Promise<void> => {
    const choice = { name, note: note.trim(), until: endOf(duration, now.value) };
    await availability.set(choice);
    // What was refused stays written, to be sent again.
    if (availability.state.value.problem !== '') return;
    // What was written since goes with the next choice.
    setNote((written) => (written === note ? '' : written));
    setDuration('open');
  };
  return (
    <section class="card availability" aria-labelledby="availability-title">
      <h2 id="availability-title">{text.me.availability.title}</h2>
      <Held availability={availability} now={now} isBlocked={blocked !== undefined} />
      <AvailabilityChoice
        chosen={shownName(state)}
        isPending={state.wish !== null}
        isBlocked={blocked !== undefined}
        onChoose={(name) => void choose(name)}
      />
      <div class="availability-details">
        <Field
          label={text.me.availability.note}
          name="availability-note"
          value={note}
          maxLength={MAX_NOTE}
          onInput={setNote}
        />
        <DurationField value={duration} onChange={setDuration} />
      </div>
      <p class="quiet small">{blocked ?? text.me.availability.detailHint}</p>
      <Problem availability={availability} />
    </section>
  );
}

function Held({
  availability,
  now,
  isBlocked,
}: {
  readonly availability: OwnAvailability;
  readonly now: ReadonlySignal<number>;
  readonly isBlocked: boolean;
}) {
  const { held, wish, unread } = availability.state.value;
  const words = text.me.availability;
  if (held === undefined) {
    return <p class="quiet">{unread === '' ? words.unknown : words.unread(unread)}</p>;
  }
  const ending = wish?.choice === null ? words.ending : words.setting;
  return (
    <div class="held">
      <p>
        <strong>{words.names[held.name]}</strong>
        {held.note === '' ? null : <q>{held.note}</q>}
        <span class="quiet">{wish === null ? detailOf(held, now.value) : ending}</span>
      </p>
      {held.id === null ? null : (
        <Button
          kind="plain"
          disabled={isBlocked || wish !== null}
          title={words.endHint}
          onClick={() => void availability.end()}
        >
          {words.end}
        </Button>
      )}
    </div>
  );
}

/** Until when, since when, by whom: as far as it is known. */
function detailOf({ id, source, since, until }: Availability, now: number): string {
  const words = text.me.availability;
  const parts: string[] = [];
  if (until !== null) parts.push(words.untilTime(formatMoment(until, now)));
  else if (id !== null) parts.push(words.untilFurtherNotice);
  if (since !== null) parts.push(words.since(formatMoment(since, now)));
  if (source !== '')
    parts.push(source === EVENT_SOURCE ? words.setHere : words.by(sourceWords(source)));
  return parts.join(' · ');
}

/** Sources that have no words of ours are shown by the name that they give themselves. */
function sourceWords(source: string): string {
  const known: Readonly<Record<string, string>> = text.me.availability.sources;
  return known[source] ?? source;
}

interface DurationFieldProps {
  readonly value: Duration;
  readonly onChange: (value: Duration) => void;
}

function DurationField({ value, onChange }: DurationFieldProps) {
  return (
    <label class="field">
      <span>{text.me.availability.until}</span>
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = DURATIONS.find((one) => one === currentTarget.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {DURATIONS.map((one) => (
          <option key={one} value={one}>
            {text.me.availability.durations[one]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Problem({ availability }: { readonly availability: OwnAvailability }) {
  const { problem } = availability.state.value;
  return (
    <div role="alert">
      {problem === '' ? null : (
        <p class="notice" data-tone="warning">
          <Icon name="do-not-disturb" />
          <span>{problem}</span>
          <Button kind="plain" onClick={() => availability.dismissProblem()}>
            {text.me.availability.dismiss}
          </Button>
        </p>
      )}
    </div>
  );
}
