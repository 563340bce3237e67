import { useRef } from 'preact/hooks';
import { Icon, type IconName } from '../icon.js';
import { text } from '../../texts/index.js';
import { AVAILABILITIES, type AvailabilityName } from './availability.js';
import { neighbour } from './shortcuts.js';
import { areShortcutsOn, turnShortcuts, useShortcuts } from './use-shortcuts.js';

interface AvailabilityChoiceProps {
  readonly chosen: AvailabilityName | undefined;
  /** It was asked for and is not confirmed yet. */
  readonly isPending: boolean;
  readonly isBlocked: boolean;
  readonly onChoose: (name: AvailabilityName) => void;
}

/**
 * The availabilities as a group of radio buttons. Arrows move between them without choosing: each
 * choice is told to everybody at once, so passing over one must not set it.
 */
export function AvailabilityChoice(props: AvailabilityChoiceProps) {
  const { chosen, isPending, isBlocked, onChoose } = props;
  const group = useRef<HTMLDivElement>(null);
  useShortcuts(isBlocked ? undefined : onChoose);
  const onKeyDown = (event: KeyboardEvent, name: AvailabilityName): void => {
    const next = neighbour(name, event.key);
    if (next === undefined) return;
    event.preventDefault();
    group.current?.querySelector<HTMLElement>(`[value="${next}"]`)?.focus();
  };
  return (
    <>
      <div
        ref={group}
        class="availability-choice"
        role="radiogroup"
        aria-label={text.me.availability.group}
        aria-busy={isPending}
      >
        {AVAILABILITIES.map((name, index) => (
          <label key={name} data-chosen={name === chosen}>
            <input
              type="radio"
              name="availability"
              class="hidden-visually"
              value={name}
              checked={name === chosen}
              disabled={isBlocked}
              onClick={() => onChoose(name)}
              onKeyDown={(event) => onKeyDown(event, name)}
            />
            <Icon name={ICONS[name]} />
            <span class="availability-name">{text.me.availability.names[name]}</span>
            {areShortcutsOn() ? <kbd aria-hidden="true">{index + 1}</kbd> : null}
          </label>
        ))}
      </div>
      <label class="tick">
        <input
          type="checkbox"
          checked={areShortcutsOn()}
          onChange={({ currentTarget }) => turnShortcuts(currentTarget.checked)}
        />
        {text.me.availability.shortcuts}
      </label>
    </>
  );
}

const ICONS: Readonly<Record<AvailabilityName, IconName>> = {
  Available: 'free',
  Busy: 'busy',
  Away: 'away',
  BRB: 'back',
  DoNotDisturb: 'do-not-disturb',
  OffWork: 'off-work',
};
