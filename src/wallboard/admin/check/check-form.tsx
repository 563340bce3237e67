import type { ComponentChildren } from 'preact';
import { Button } from '../../parts/button.js';
import type { Asking } from './asking.js';

interface CheckFormProps {
  readonly title: string;
  /** On the button that asks. */
  readonly action: string;
  readonly asking: Pick<Asking<unknown>, 'problem' | 'isAsking' | 'ask'>;
  /** The answer, once there is one. */
  readonly verdict: ComponentChildren;
  /** The fields of the question. */
  readonly children: ComponentChildren;
}

/** A question to the hub with its fields, and below it the answer or why there is none. */
export function CheckForm({ title, action, asking, verdict, children }: CheckFormProps) {
  const { problem, isAsking, ask } = asking;
  return (
    <form
      class="check"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <h3>{title}</h3>
      {children}
      <Button kind="primary" type="submit" disabled={isAsking}>
        {action}
      </Button>
      <div aria-live="polite">
        {problem === undefined ? null : <p class="problem">{problem}</p>}
        {verdict}
      </div>
    </form>
  );
}
