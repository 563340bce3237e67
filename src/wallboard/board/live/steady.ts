import { computed, type ReadonlySignal } from '@preact/signals';

/**
 * A computed signal that stays the very same value while it would be an equal one, so that what
 * depends on it is left alone.
 */
export function steady<Value>(
  compute: () => Value,
  isSame: (one: Value, other: Value) => boolean,
): ReadonlySignal<Value> {
  let last: { readonly value: Value } | undefined;
  return computed(() => {
    const value = compute();
    if (last === undefined || !isSame(last.value, value)) last = { value };
    return last.value;
  });
}

/** Whether two lists have the same items in the same order. */
export function isSameList<Item>(one: readonly Item[], other: readonly Item[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

/** Whether two flat objects of the same shape have the same values. */
export function isSameRecord<Value extends object>(one: Value, other: Value): boolean {
  return isSameList(Object.values(one), Object.values(other));
}
