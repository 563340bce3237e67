import { z } from 'zod';

/** Answers of services that count what they have. */
export const pageAnswer = z.object({
  items: z.array(z.unknown()),
  total: z.number().int().nonnegative().nullish(),
});
