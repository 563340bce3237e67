import { text } from '../texts/index.js';
import { chooseTheme, theme, THEMES } from './theme.js';

/** A list of the themes to choose from. */
export function ThemeChoice() {
  return (
    <select
      class="plain"
      aria-label={text.shell.theme.label}
      value={theme.value}
      onChange={({ currentTarget }) => {
        const chosen = THEMES.find((one) => one === currentTarget.value);
        if (chosen !== undefined) chooseTheme(chosen);
      }}
    >
      {THEMES.map((one) => (
        <option key={one} value={one}>
          {text.shell.theme[one]}
        </option>
      ))}
    </select>
  );
}
