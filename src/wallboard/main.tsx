import { render } from 'preact';
import './styles/main.css';
import { App } from './shell/app.js';
import { base } from './shell/base.js';
import { storageOf } from './shell/browser-storage.js';
import { becomeTv, isTv } from './shell/display.js';
import { LoginStore } from './shell/login-store.js';
import { followHistory } from './shell/router.js';
import { openSession } from './shell/session.js';
import { Shell } from './shell/shell.js';
import { applyTheme } from './shell/theme.js';
import { chooseLanguage, locale } from './texts/index.js';

const root = document.querySelector('#app');
if (root === null) throw new Error('the page has no element with the id app');

await chooseLanguage(navigator.languages);
document.documentElement.lang = locale;
applyTheme();
if (isTv) becomeTv();
followHistory();
const store = new LoginStore({
  device: storageOf(() => localStorage),
  tab: storageOf(() => sessionStorage),
});
const app = new App({ store, base, tv: isTv, openSession });
addEventListener('storage', (event) => app.onStorage(event));
// A kept login is known before the first frame, so that the form does not flash.
const restored = app.restore();
render(<Shell app={app} />, root);
await restored;
