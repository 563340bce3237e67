import type { Me } from '../../shell/view-context.js';
import { text } from '../../texts/index.js';

/** Why there is nothing to see, and what would change that. */
export function EmptyBoard({ role }: Pick<Me, 'role'>) {
  return (
    <section class="board-empty">
      <h2>{text.board.empty.title}</h2>
      <p>{text.board.empty[role]}</p>
    </section>
  );
}
