import { effect, signal } from '@preact/signals';
import { storageOf } from './browser-storage.js';

/** What a person wants the page to look like; `system` follows the device. */
export type Theme = 'system' | 'dark' | 'light';

export const THEMES: readonly Theme[] = ['system', 'dark', 'light'];

const KEY = 'rte-hub.theme';

const storage = storageOf(() => localStorage);
const asked = new URLSearchParams(location.search).get('theme');
const deviceIsLight = matchMedia('(prefers-color-scheme: light)');

/** The theme in force. `?theme=` in the address wins, for screens without a keyboard. */
export const theme = signal<Theme>(themeOf(asked) ?? themeOf(storage.getItem(KEY)) ?? 'system');

/** Chooses a theme, and keeps the choice on this device. */
export function chooseTheme(next: Theme): void {
  storage.setItem(KEY, next);
  theme.value = next;
}

/** Puts the theme onto the page and follows the device. Call it once, before anything is shown. */
export function applyTheme(): void {
  const light = signal(deviceIsLight.matches);
  deviceIsLight.addEventListener('change', ({ matches }) => {
    light.value = matches;
  });
  effect(() => {
    const system = light.value ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = theme.value === 'system' ? system : theme.value;
  });
}

function themeOf(word: string | null): Theme | undefined {
  return THEMES.find((one) => one === word);
}
