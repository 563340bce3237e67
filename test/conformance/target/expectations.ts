import { expect } from 'vitest';
import { z } from 'zod';

const completion = z.looseObject({ result: z.unknown().optional() });

/** The result in the text of a Completion. */
export function resultOf(text: string): unknown {
  return completion.parse(JSON.parse(text)).result;
}

/** Stands for any text that matches. */
export function textLike(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
