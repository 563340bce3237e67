import { Button } from '../parts/button.js';
import { text } from '../texts/index.js';
import type { App } from './app.js';
import { tvHref } from './display.js';
import { LinkBadge } from './link-badge.js';
import type { ViewName } from './route.js';
import { hrefOf, openView } from './router.js';
import type { Session } from './session.js';
import { ThemeButton } from './theme-button.js';

interface HeaderProps {
  readonly app: App;
  readonly session: Session;
  readonly view: ViewName;
}

/** Navigation, the state of the connection, and who is logged in. */
export function Header({ app, session, view }: HeaderProps) {
  const { context, views } = session;
  const { displayName } = context.me;
  const { account, tv, product, skipToContent } = text.shell;
  return (
    <header class="header">
      <a class="skip" href="#content">
        {skipToContent}
      </a>
      <span class="product">{product}</span>
      {views.length > 1 ? <Navigation views={views} view={view} /> : null}
      <div class="tools">
        <LinkBadge link={context.link.value} />
        {view === 'board' ? (
          <a class="tool" href={tvHref(true)} title={tv.hint}>
            {tv.open}
          </a>
        ) : null}
        <ThemeButton />
        <span class="person" title={account.loggedInAs(displayName)}>
          {displayName}
        </span>
        <Button kind="plain" onClick={() => app.logOut()}>
          {account.logOut}
        </Button>
      </div>
    </header>
  );
}

interface NavigationProps {
  readonly views: readonly ViewName[];
  readonly view: ViewName;
}

function Navigation({ views, view }: NavigationProps) {
  return (
    <nav aria-label={text.shell.views}>
      {views.map((one) => (
        <ViewLink key={one} view={one} isCurrent={one === view} />
      ))}
    </nav>
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
