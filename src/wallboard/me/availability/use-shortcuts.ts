import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { storageOf } from '../../shell/browser-storage.js';
import type { AvailabilityName } from './availability.js';
import { chosenByKey } from './shortcuts.js';

const KEY = 'rte-hub.me.shortcuts';
const OFF = 'off';

const storage = storageOf(() => localStorage);
const isOn = signal(storage.getItem(KEY) !== OFF);

/** Whether keys set the availability, which is kept on the device: they can be turned off (WCAG 2.1.4). */
export function areShortcutsOn(): boolean {
  return isOn.value;
}

/** Turns them on or off. */
export function turnShortcuts(on: boolean): void {
  isOn.value = on;
  if (on) storage.removeItem(KEY);
  else storage.setItem(KEY, OFF);
}

/** Listens to the keys anywhere on the page but where somebody writes; undefined heeds none. */
export function useShortcuts(onChoose: ((name: AvailabilityName) => void) | undefined): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { key, ctrlKey, altKey, metaKey, repeat, target } = event;
      const press = { key, ctrlKey, altKey, metaKey, repeat, isWriting: isField(target) };
      const name = isOn.value ? chosenByKey(press) : undefined;
      if (name !== undefined) onChoose?.(name);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onChoose]);
}

function isField(target: EventTarget | null): boolean {
  const fields = 'input:not([type=radio], [type=checkbox]), textarea, select';
  return target instanceof Element && target.closest(fields) !== null;
}
