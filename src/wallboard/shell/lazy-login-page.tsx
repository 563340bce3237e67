import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { base, basePath } from './base.js';
import { storageOf } from './browser-storage.js';
import type { PageTools } from './issuer-flow.js';
import type { LoginPageProps } from './login-page.js';
import { reloadIfReplaced } from './new-build.js';
import { createRest } from './rest.js';
import { replaceAddress } from './router.js';
import { ViewFailed } from './view-failed.js';

const tools: PageTools = {
  rest: createRest({ base }),
  tab: storageOf(() => sessionStorage),
  basePath,
  replaceAddress,
};

/** The form to log in with, loaded when it is wanted: who is logged in already needs none of it. */
export function LazyLoginPage(props: Omit<LoginPageProps, 'tools'>) {
  const [Page, setPage] = useState<ComponentType<LoginPageProps>>();
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    import('./login-page.js').then(
      ({ LoginPage }) => setPage(() => LoginPage),
      () => {
        setFailed(true);
        void reloadIfReplaced();
      },
    );
  }, []);
  if (isFailed) return <ViewFailed />;
  return Page === undefined ? null : <Page {...props} tools={tools} />;
}
