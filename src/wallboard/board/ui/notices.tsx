import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { Board } from '../live/board.js';
import type { AddressFault } from '../model/address-options.js';

/** What is wrong with the address of the page, and what could not be read. */
export function Notices({ board }: { readonly board: Board }) {
  const failure = board.failure.value;
  const faults = [
    ...board.address.faults.map(faultText),
    ...board.queues.unknown.value.map(text.board.address.unknownQueue),
  ];
  return (
    <>
      {faults.length === 0 ? null : (
        <aside class="board-notice" aria-label={text.board.address.title}>
          <strong>{text.board.address.title}</strong>
          <ul>
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </aside>
      )}
      <output class="board-notice" hidden={failure === undefined}>
        {failure === undefined ? '' : text.board.notRead(failure.message)}
      </output>
    </>
  );
}

function faultText({ parameter, value, problem }: AddressFault): string {
  const { address } = text.board;
  switch (problem.kind) {
    case 'unknown-parameter':
      return address.unknownParameter(parameter);
    case 'not-limits':
      return address.notLimits(parameter, value);
    case 'not-seconds': {
      const { least, most } = problem;
      return address.notSeconds(parameter, value, formatNumber(least), formatNumber(most));
    }
    case 'not-one-of':
      return address.notOneOf(parameter, value, problem.allowed.join(', '));
  }
}
