import type { ReadonlySignal } from '@preact/signals';
import { Button } from '../../parts/button.js';
import { formatMoment } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { Desk } from '../desk.js';
import { AttemptForm } from './attempt-form.js';
import type { Callback } from './callback.js';
import { type CallbackWork, isDirty } from './callback-work.js';
import { ConflictNotice } from './conflict-notice.js';
import { nameOf, outcomeWords } from './words.js';

/** Longest note that the hub takes. */
const MAX_NOTE = 4000;

/** What the parts of an open request need. */
export interface PanelProps {
  readonly callback: Callback;
  readonly work: CallbackWork;
  readonly desk: Desk;
  /** Id of the user. */
  readonly me: string;
  readonly now: ReadonlySignal<number>;
  readonly isBlocked: boolean;
}

/** All of a request, and the work on it. */
export function CallbackPanel(props: PanelProps) {
  const { work, desk } = props;
  const { id, isClosed } = work.base;
  const words = text.me.callbacks;
  return (
    <div class="callback-panel">
      <ConflictNotice {...props} />
      <div role="alert">
        {work.problem === '' ? null : (
          <p class="notice" data-tone="critical">
            {work.problem}
          </p>
        )}
      </div>
      <Facts {...props} />
      {isClosed ? <p class="notice">{words.isClosed}</p> : null}
      <NoteForm {...props} />
      {isClosed ? null : <AttemptForm {...props} />}
      <div class="panel-end">
        {isClosed ? null : <Assignment {...props} />}
        {isDirty(work) ? (
          <Button kind="plain" onClick={() => desk.bench.step(id, { kind: 'discarded' })}>
            {words.discard}
          </Button>
        ) : (
          <Button kind="plain" onClick={() => desk.bench.close(id)}>
            {words.putAway}
          </Button>
        )}
        {work.isBusy ? <span class="quiet">{words.busy}</span> : null}
      </div>
    </div>
  );
}

function Facts({ work: { base }, desk, me, now }: PanelProps) {
  const words = text.me.callbacks;
  const moment = (at: number | null): string => (at === null ? '' : formatMoment(at, now.value));
  const type = typeWords(base.typeId);
  const facts: readonly (readonly [string, string])[] = [
    [words.made, [moment(base.createdAt), type].filter((part) => part !== '').join(', ')],
    [words.due, moment(base.dueAt)],
    [words.putOffUntil, moment(base.notBefore)],
    [words.expiry, moment(base.expiresAt)],
    [words.priority, base.priority],
    [words.assigned, base.assignedTo === null ? '' : nameOf(base.assignedTo, me, desk.names)],
    [words.message, base.contactMessage],
  ];
  return (
    <>
      <dl class="callback-facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {base.attempts.length === 0 ? null : (
        <ul class="attempts">
          {base.attempts.map((attempt) => (
            <li key={`${String(attempt.at)} ${attempt.note}`}>
              {words.attemptBy(
                outcomeWords(attempt),
                nameOf(attempt.userId, me, desk.names),
                moment(attempt.at),
              )}
              {attempt.note === '' ? null : <q>{attempt.note}</q>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function typeWords(typeId: number): string {
  const { types } = text.me.callbacks;
  switch (typeId) {
    case 1:
    case 2:
    case 3:
      return types[typeId];
    default:
      return '';
  }
}

function NoteForm({ work, desk, isBlocked }: PanelProps) {
  const { base, note, isBusy } = work;
  const words = text.me.callbacks;
  const fieldId = `note-${base.id}`;
  const isChanged = note !== null && note !== base.note;
  return (
    <form
      class="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        void desk.bench.saveNote(base.id);
      }}
    >
      <label for={fieldId}>{words.note}</label>
      <textarea
        id={fieldId}
        rows={3}
        maxLength={MAX_NOTE}
        value={note ?? base.note}
        readOnly={base.isClosed}
        onInput={({ currentTarget }) =>
          desk.bench.step(base.id, { kind: 'note-typed', note: currentTarget.value })
        }
      />
      {base.isClosed ? null : (
        <Button type="submit" disabled={isBlocked || isBusy || !isChanged}>
          {words.saveNote}
        </Button>
      )}
    </form>
  );
}

function Assignment({ work: { base, isBusy }, desk, me, isBlocked }: PanelProps) {
  const words = text.me.callbacks;
  const isMine = base.assignedTo === me;
  const others = base.assignedTo === null ? words.take : words.takeOver;
  return (
    <Button disabled={isBlocked || isBusy} onClick={() => void desk.bench.assign(base, !isMine)}>
      {isMine ? words.giveBack : others}
    </Button>
  );
}
