import { z } from 'zod';

/** A uuid in lower case; Wazo writes them so, old XiVOs not always. */
export const uuid = z.guid().transform((text) => text.toLowerCase());

/** A key of wazo-confd's tables; some services write it as text. */
export const confdId = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,15}$/u)
      .transform(Number),
  ])
  .pipe(z.number().int().positive());

/** A list that may be null or missing. */
export function list<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
}
