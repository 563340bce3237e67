import { useEffect, useState } from 'preact/hooks';
import type { ComponentType } from 'preact';
import { text } from '../texts/index.js';
import type { App } from './app.js';
import { Banner } from './banner.js';
import { Header } from './header.js';
import { isTrusted } from './link-state.js';
import { LoginPage } from './login-page.js';
import type { ViewName } from './route.js';
import { currentView } from './router.js';
import type { Session } from './session.js';
import type { ViewProps } from './view-context.js';
import { ViewFailed } from './view-failed.js';
import { loadView } from './views.js';

/** The whole page. */
export function Shell({ app }: { readonly app: App }) {
  const stage = app.stage.value;
  switch (stage.kind) {
    case 'restoring':
      return <Waiting />;
    case 'login':
      return <LoginPage app={app} reason={stage.reason} />;
    case 'session':
      return <Frame app={app} session={stage.session} />;
  }
}

function Waiting() {
  return (
    <main class="waiting">
      <output>{text.shell.link.connecting}</output>
    </main>
  );
}

function Frame({ app, session }: { readonly app: App; readonly session: Session }) {
  const { context, views } = session;
  const wanted = currentView.value;
  // Who may not open a view is shown the one that everybody may.
  const view = views.includes(wanted) ? wanted : 'board';
  const link = context.link.value;
  return (
    <div class="frame">
      {context.tv ? null : <Header app={app} session={session} view={view} />}
      <Banner link={link} now={context.now} />
      <main id="content" tabIndex={-1} class={isTrusted(link) ? 'content' : 'content untrusted'}>
        <Content view={view} context={context} />
      </main>
    </div>
  );
}

type Loaded =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly view: ViewName; readonly View: ComponentType<ViewProps> }
  | { readonly kind: 'failed' };

function Content({ view, context }: ViewProps & { readonly view: ViewName }) {
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  useEffect(() => {
    let isWanted = true;
    document.title = text.shell.pageTitle(text[view].title);
    loadView(view).then(
      (View) => isWanted && setLoaded({ kind: 'ready', view, View }),
      () => isWanted && setLoaded({ kind: 'failed' }),
    );
    return () => {
      isWanted = false;
    };
  }, [view]);
  if (loaded.kind === 'failed') return <ViewFailed />;
  if (loaded.kind === 'loading' || loaded.view !== view) {
    return <p class="loading">{text.shell.loading}</p>;
  }
  return <loaded.View context={context} />;
}
