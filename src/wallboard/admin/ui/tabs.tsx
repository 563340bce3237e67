import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { text } from '../../texts/index.js';
import { TABS, tabOfHash, type TabName } from '../model/tabs.js';

const hash = signal('');

/** The tab that the address names, also after the browser's back and forward. */
export function useTab(): TabName {
  useEffect(() => {
    const follow = (): void => {
      // The link that skips to the content leads to no tab.
      if (location.hash !== '#content') hash.value = location.hash;
    };
    follow();
    addEventListener('hashchange', follow);
    addEventListener('popstate', follow);
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener('popstate', follow);
    };
  }, []);
  return tabOfHash(hash.value);
}

/** The tabs as links, so that each has an address. */
export function Tabs({ current }: { readonly current: TabName }) {
  return (
    <nav class="tabs" aria-label={text.admin.tabs.label}>
      {TABS.map((name) => (
        <a key={name} href={`#${name}`} aria-current={name === current ? 'page' : undefined}>
          {text.admin.tabs[name]}
        </a>
      ))}
    </nav>
  );
}
