import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../texts/index.js';
import { reloadIfReplaced } from './new-build.js';
import type { ViewName } from './route.js';
import type { ViewProps } from './view-context.js';
import { ViewFailed } from './view-failed.js';
import { loadView } from './views.js';

type Loaded =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly view: ViewName; readonly View: ComponentType<ViewProps> }
  | { readonly kind: 'failed' };

/** The view itself, once it is loaded. */
export function Content({ view, context }: ViewProps & { readonly view: ViewName }) {
  const loaded = useLoaded(view);
  const isReady = loaded.kind === 'ready' && loaded.view === view;
  useFocusOnChange(view, isReady);
  const isLive = context.link.value.kind === 'live';
  useEffect(() => {
    // A hub that was away may have come back as a newer one.
    if (isLive) void reloadIfReplaced();
  }, [isLive]);
  if (loaded.kind === 'failed') return <ViewFailed />;
  if (!isReady) return <p class="loading">{text.shell.loading}</p>;
  return <loaded.View context={context} />;
}

function useLoaded(view: ViewName): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  useEffect(() => {
    let isWanted = true;
    document.title = text.shell.pageTitle(text[view].title);
    loadView(view).then(
      (View) => isWanted && setLoaded({ kind: 'ready', view, View }),
      () => {
        if (isWanted) setLoaded({ kind: 'failed' });
        void reloadIfReplaced();
      },
    );
    return () => {
      isWanted = false;
    };
  }, [view]);
  return loaded;
}

/** Who came by a link goes on where the new view begins; the first view takes no focus. */
function useFocusOnChange(view: ViewName, isReady: boolean): void {
  const shownRef = useRef<ViewName | undefined>(undefined);
  useEffect(() => {
    if (!isReady) return;
    if (shownRef.current !== undefined && shownRef.current !== view) {
      document.querySelector<HTMLElement>('#content')?.focus();
    }
    shownRef.current = view;
  }, [isReady, view]);
}
