import type { AgentState } from '../model/agent-state.js';

/** A shape for each state, so that none is told by its colour alone; 16 by 16. */
const SHAPES: Readonly<Record<AgentState, string>> = {
  // A full disc with a tick.
  available: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m3.3 4.3L7 9.6 4.7 7.3 3.6 8.4 7 11.8l5.4-5.4z',
  // A bell.
  ringing:
    'M8 1.2c.6 0 1 .4 1 1v.4c2.1.5 3.5 2.2 3.5 4.4v3.2l1.3 1.6v.7H2.2v-.7l1.3-1.6V7c0-2.2 1.4-3.9 3.5-4.4v-.4c0-.6.4-1 1-1M6.4 13.4h3.2a1.6 1.6 0 0 1-3.2 0',
  // A speech bubble.
  talking:
    'M2.5 2h11c.8 0 1.5.7 1.5 1.5v6c0 .8-.7 1.5-1.5 1.5H8l-4 3.5V11H2.5C1.7 11 1 10.3 1 9.5v-6C1 2.7 1.7 2 2.5 2',
  // A receiver.
  'on-phone':
    'M4.6 1.3 6.5 4.6 5.1 6.1c.8 1.9 2.1 3.4 4 4.4l1.6-1.4 3.4 1.9c-.3 2-1.4 3.4-3.2 3.4C6.2 14 1.9 9.3 1.6 4.5c0-1.8 1.2-2.9 3-3.2',
  // A pencil.
  'wrap-up': 'M11.3 1.3 14.7 4.7 5.4 14 1.3 14.7 2 10.6zM10 4.7 11.3 6',
  // Two bars.
  paused: 'M3.5 2h3v12h-3zM9.5 2h3v12h-3z',
  // A clock.
  away: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m-.900 3v4.6l3.6 2.1.800-1.3-2.8-1.6V4z',
  // A disc with a bar.
  'do-not-disturb': 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1M4 7v2h8V7z',
  // A diamond.
  unreachable: 'M8 1l7 7-7 7-7-7zm-.900 3.5v4.2h1.8V4.5zm0 5.5v1.7h1.8V10z',
  // A ring.
  'logged-out': 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 2a5 5 0 1 0 0 10A5 5 0 0 0 8 3',
  // A moon.
  'off-work': 'M6.2 1.3a7 7 0 1 0 8.5 8.7A6 6 0 0 1 6.2 1.3',
  // A dotted ring.
  unknown:
    'M7 1h2v2H7zM7 13h2v2H7zM1 7h2v2H1zM13 7h2v2h-2zM3 3h2v2H3zM11 3h2v2h-2zM3 11h2v2H3zM11 11h2v2h-2z',
};

/** What an agent does, as a shape; the word stands beside it. */
export function StateIcon({ state }: { readonly state: AgentState }) {
  return (
    <svg class="state-icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[state]} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}
