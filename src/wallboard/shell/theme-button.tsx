import { text } from '../texts/index.js';
import { chooseTheme, theme, THEMES, type Theme } from './theme.js';

/** A screen for the system's theme, a moon for dark, a sun for light. */
const ICONS: Readonly<Record<Theme, string>> = {
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  dark: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
  light:
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5',
};

/** Goes through the themes; its name says which one is in force. */
export function ThemeButton() {
  const current = theme.value;
  const next = THEMES[(THEMES.indexOf(current) + 1) % THEMES.length] ?? 'system';
  const label = text.shell.theme.now(text.shell.theme[current]);
  return (
    <button
      type="button"
      class="button plain icon"
      aria-label={label}
      title={label}
      onClick={() => chooseTheme(next)}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={ICONS[current]} />
      </svg>
    </button>
  );
}
