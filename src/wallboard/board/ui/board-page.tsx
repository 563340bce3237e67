import type { ViewContext } from '../../shell/view-context.js';
import { text } from '../../texts/index.js';
import type { Board } from '../live/board.js';
import type { Section } from '../model/board-options.js';
import { AgentsSection } from './agents-section.js';
import { CallbacksSection } from './callbacks-section.js';
import { EmptyBoard } from './empty-board.js';
import { Notices } from './notices.js';
import { QueuesSection } from './queues-section.js';
import { Settings } from './settings.js';
import { SeverityNews } from './severity-news.js';
import { Summary } from './summary.js';

/** What every part of the board is made of. */
export interface BoardProps {
  readonly board: Board;
  readonly context: ViewContext;
}

/** The whole board. */
export function BoardPage({ board, context }: BoardProps) {
  const queues = board.queues.shown.value;
  const { sections } = board.options.value;
  const has = (section: Section): boolean => sections.includes(section);
  // Who looks at a television needs no explanation of what is not there.
  const hasCallbacks =
    has('callbacks') && !(context.tv && queues !== undefined && board.callLists.value.length === 0);
  return (
    <div class={context.tv ? 'board tv' : 'board'}>
      <div class="board-head">
        <h1>{text.board.title}</h1>
        {context.tv ? null : <Settings board={board} />}
      </div>
      <Notices board={board} />
      {queues?.length === 0 ? (
        <EmptyBoard role={context.me.role} />
      ) : (
        <>
          {has('summary') ? <Summary board={board} context={context} /> : null}
          {has('queues') ? <QueuesSection board={board} context={context} /> : null}
          <div class={has('agents') && hasCallbacks ? 'people both' : 'people'}>
            {has('agents') ? <AgentsSection board={board} context={context} /> : null}
            {hasCallbacks ? <CallbacksSection board={board} context={context} /> : null}
          </div>
        </>
      )}
      <SeverityNews board={board} />
    </div>
  );
}
