import { text } from '../texts/index.js';
import type { App } from './app.js';
import { LinkBadge } from './link-badge.js';
import type { ViewName } from './route.js';
import { hrefOf, openView } from './router.js';
import type { Session } from './session.js';
import { ThemeChoice } from './theme-choice.js';

interface HeaderProps {
  readonly app: App;
  readonly session: Session;
  readonly view: ViewName;
}

/** Navigation, the state of the connection, and who is logged in. */
export function Header({ app, session, view }: HeaderProps) {
  const { context, views } = session;
  const { displayName } = context.me;
  return (
    <header class="header">
      <a class="skip" href="#content">
        {text.shell.skipToContent}
      </a>
      <span class="product">{text.shell.product}</span>
      <nav aria-label={text.shell.views}>
        {views.map((one) => (
          <ViewLink key={one} view={one} isCurrent={one === view} />
        ))}
      </nav>
      <LinkBadge link={context.link.value} />
      <ThemeChoice />
      <span class="person" title={text.shell.account.loggedInAs(displayName)}>
        {displayName}
      </span>
      <button type="button" class="plain" onClick={() => app.logOut()}>
        {text.shell.account.logOut}
      </button>
    </header>
  );
}

function ViewLink({ view, isCurrent }: { readonly view: ViewName; readonly isCurrent: boolean }) {
  const open = (event: MouseEvent): void => {
    // A new tab or window is the browser's business.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openView(view);
  };
  return (
    <a href={hrefOf(view)} aria-current={isCurrent ? 'page' : undefined} onClick={open}>
      {text[view].title}
    </a>
  );
}
