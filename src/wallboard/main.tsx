import { render } from 'preact';
import './styles/main.css';
import { App } from './shell/app.js';
import { base } from './shell/base.js';
import { storageOf } from './shell/browser-storage.js';
import { isTv } from './shell/display.js';
import { LoginStore } from './shell/login-store.js';
import { followHistory } from './shell/router.js';
import { Shell } from './shell/shell.js';
import { applyTheme } from './shell/theme.js';
import { chooseLanguage, locale } from './texts/index.js';

const root = document.querySelector('#app');
if (root === null) throw new Error('the page has no element with the id app');

await chooseLanguage(navigator.languages);
document.documentElement.lang = locale;
applyTheme();
followHistory();
const store = new LoginStore({
  device: storageOf(() => localStorage),
  tab: storageOf(() => sessionStorage),
});
const app = new App({ store, base, tv: isTv });
addEventListener('storage', (event) => app.onStorage(event));
render(<Shell app={app} />, root);
await app.restore();
