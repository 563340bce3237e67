import type { ReadonlySignal } from '@preact/signals';
import type { RteClient } from '../../client/index.js';
import type { LinkState } from './link-state.js';
import type { Rest } from './rest.js';

/** Who is logged in. */
export interface Me {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly role: 'agent' | 'supervisor' | 'admin';
  readonly organizationId: string;
}

/** What a view is made of. It stays the same as long as the same person is logged in. */
export interface ViewContext {
  /** Connected as the person who is logged in; the shell starts and stops it. */
  readonly client: RteClient;
  readonly rest: Rest;
  readonly me: Me;
  /** The hub's time in epoch ms; changes once a second. Count durations from it, not from Date. */
  readonly now: ReadonlySignal<number>;
  /** Whether what is shown can be trusted. The shell says so itself and dims the page. */
  readonly link: ReadonlySignal<LinkState>;
  /** Whether the page hangs on a wall: nobody can press anything, so nothing may ask. */
  readonly tv: boolean;
}

/** What the component of a view gets. */
export interface ViewProps {
  readonly context: ViewContext;
}
