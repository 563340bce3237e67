import { useEffect, useRef } from 'preact/hooks';
import { text } from '../texts/index.js';
import type { App } from './app.js';
import { Banner } from './banner.js';
import { Content } from './content.js';
import { Header } from './header.js';
import { keepFocus } from './kept-focus.js';
import { isTrusted } from './link-state.js';
import { LazyLoginPage } from './lazy-login-page.js';
import { currentView } from './router.js';
import type { Session } from './session.js';

/** The whole page. */
export function Shell({ app }: { readonly app: App }) {
  const stage = app.stage.value;
  switch (stage.kind) {
    case 'restoring':
      return <Waiting />;
    case 'login':
      return <LazyLoginPage app={app} reason={stage.reason} />;
    case 'session':
      return <Frame app={app} session={stage.session} />;
  }
}

function Waiting() {
  return (
    <main class="waiting">
      <p class="product">{text.shell.product}</p>
      <output>{text.shell.link.connecting}</output>
    </main>
  );
}

function Frame({ app, session }: { readonly app: App; readonly session: Session }) {
  const { context } = session;
  // A view that is not for everybody says so itself.
  const view = currentView.value;
  const link = context.link.value;
  const content = useRef<HTMLElement>(null);
  useEffect(() => (content.current === null ? undefined : keepFocus(content.current)), []);
  return (
    <div class="frame">
      {context.tv ? null : <Header app={app} session={session} view={view} />}
      <Banner link={link} now={context.now} />
      <main
        ref={content}
        id="content"
        tabIndex={-1}
        class={isTrusted(link) ? 'content' : 'content untrusted'}
        data-link={link.kind}
      >
        <Content view={view} context={context} />
      </main>
    </div>
  );
}
