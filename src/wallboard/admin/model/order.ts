/** By which column a table is in order. */
export interface Order {
  readonly by: string;
  readonly isDescending: boolean;
}

/** The order after somebody pressed a column's head: that column, or the other way round. */
export function pressed(order: Order, by: string, startsDescending: boolean): Order {
  if (order.by !== by) return { by, isDescending: startsDescending };
  return { by, isDescending: !order.isDescending };
}

/** Puts rows in order by what `valueOf` gives of them. */
export function inOrder<Row>(
  rows: readonly Row[],
  { isDescending }: Order,
  valueOf: (row: Row) => string | number,
): readonly Row[] {
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [one, other] = [valueOf(a), valueOf(b)];
    if (one === other) return 0;
    return one < other ? -sign : sign;
  });
}
