import { text } from '../texts/index.js';
import type { Me } from '../shell/view-context.js';
import type { Desk } from './desk.js';

interface ExplanationProps {
  readonly desk: Desk;
  readonly role: Me['role'];
}

/** For who serves no queue: what is here for them. Not there for who does, or while it is not known. */
export function Explanation({ desk, role }: ExplanationProps) {
  if (desk.queues.value?.length !== 0) return null;
  return (
    <section class="card explanation">
      <h2>{text.me.explanation.title}</h2>
      <p class="quiet">{text.me.explanation[role]}</p>
    </section>
  );
}
