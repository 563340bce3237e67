import { useId } from 'preact/hooks';
import { Button } from '../../parts/button.js';
import { text } from '../../texts/index.js';
import { isFinal, OUTCOMES } from './callback.js';
import type { PanelProps } from './callback-panel.js';
import { localTime, QUICK_TIMES, quickTime, timeOfLocal } from './put-off.js';

/** Longest remark that the hub takes. */
const MAX_REMARK = 4000;

/** Tells how an attempt went; a final one closes the request. */
export function AttemptForm(props: PanelProps) {
  const { work, desk, isBlocked } = props;
  const { base, attempt, isBusy } = work;
  const { outcome } = attempt;
  const words = text.me.callbacks;
  const group = useId();
  const isLacking = outcome === 'put-off' && attempt.notBefore === null;
  const step = (filled: Partial<typeof attempt>): void =>
    desk.bench.step(base.id, { kind: 'attempt-filled-in', attempt: filled });
  return (
    <form
      class="attempt-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (outcome !== null && !isLacking) void desk.bench.recordAttempt(base.id, outcome);
      }}
    >
      <fieldset>
        <legend>{words.attempt}</legend>
        {OUTCOMES.map((one) => (
          <label key={one} class="chip">
            <input
              type="radio"
              name={group}
              checked={one === outcome}
              onChange={() => step({ outcome: one })}
            />
            {words.outcomes[one]}
          </label>
        ))}
      </fieldset>
      {outcome === null ? null : (
        <>
          <Remark work={work} onInput={(note) => step({ note })} />
          {isFinal(outcome) ? null : (
            <Again {...props} onChange={(notBefore) => step({ notBefore })} />
          )}
          <Button type="submit" kind="primary" disabled={isBlocked || isBusy || isLacking}>
            {isFinal(outcome) ? words.recordAndClose : words.record}
          </Button>
        </>
      )}
    </form>
  );
}

function Remark({
  work: { base, attempt, isBusy },
  onInput,
}: Pick<PanelProps, 'work'> & { readonly onInput: (note: string) => void }) {
  const fieldId = `remark-${base.id}`;
  return (
    <div class="field">
      <label for={fieldId}>{text.me.callbacks.remark}</label>
      <textarea
        id={fieldId}
        rows={2}
        maxLength={MAX_REMARK}
        readOnly={isBusy}
        value={attempt.note}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </div>
  );
}

function Again({
  work: { base, attempt },
  now,
  onChange,
}: PanelProps & { readonly onChange: (notBefore: number | null) => void }) {
  const words = text.me.callbacks;
  const fieldId = `again-${base.id}`;
  return (
    <div class="field">
      <label for={fieldId}>{words.again}</label>
      <QuickTimes now={now} onChange={onChange} />
      <input
        id={fieldId}
        type="datetime-local"
        value={attempt.notBefore === null ? '' : localTime(attempt.notBefore)}
        aria-describedby={`${fieldId}-hint`}
        onInput={({ currentTarget }) => onChange(timeOfLocal(currentTarget.value))}
      />
      <p id={`${fieldId}-hint`} class="hint">
        {attempt.outcome === 'put-off' ? words.putOffNeedsTime : words.againHint}
      </p>
    </div>
  );
}

function QuickTimes({
  now,
  onChange,
}: Pick<PanelProps, 'now'> & { readonly onChange: (notBefore: number) => void }) {
  return (
    <div class="quick-times">
      {QUICK_TIMES.map((quick) => (
        <Button key={quick} onClick={() => onChange(quickTime(quick, now.value))}>
          {text.me.callbacks.quick[quick]}
        </Button>
      ))}
    </div>
  );
}
