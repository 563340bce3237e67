import type { ViewProps } from '../shell/view-context.js';
import { text } from '../texts/index.js';
import './admin.css';

/** What is shown at this view's path. */
export function View({ context }: ViewProps) {
  return (
    <section class="admin">
      <h1>{text.admin.title}</h1>
      <p>{text.shell.account.loggedInAs(context.me.displayName)}</p>
      <p>{text.shell.link[context.link.value.kind]}</p>
    </section>
  );
}
