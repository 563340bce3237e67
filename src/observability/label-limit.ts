/** What stands for every value that is not counted by its own name. */
export const OTHER = 'other';

const PLAIN = /^[\w.:-]{1,64}$/u;

/**
 * Bounds the values of a metric's label: the first `limit` values of plain form keep their names,
 * all further ones count as `other`. Each value costs a time series that is never freed.
 * @param form of a value that may keep its name
 * @returns the value to use for a label
 */
export function limitLabels(limit: number, form = PLAIN): (value: string) => string {
  const seen = new Set<string>();
  return (value) => {
    if (seen.has(value)) return value;
    if (seen.size >= limit || !form.test(value)) return OTHER;
    seen.add(value);
    return value;
  };
}
