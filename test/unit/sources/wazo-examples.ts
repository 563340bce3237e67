import { z } from 'zod';
import examples from './fixtures/wazo-examples.json' with { type: 'json' };

/**
 * One event as Wazo's own library, or an older version of Wazo, writes it, about the users and
 * queues of the tests' directory. `inSeeds` for those that the documents of three versions name.
 */
export type WazoExample = z.infer<typeof exampleSchema>;

const exampleSchema = z.object({
  name: z.string(),
  relevance: z.enum(['core', 'supporting', 'peripheral', 'legacy']),
  inSeeds: z.boolean(),
  routingKey: z.string(),
  data: z.record(z.string(), z.unknown()),
});

const all = z.array(exampleSchema).parse(examples);

/** The events that the hub has to know: all that matter, all that the documents name, all of AMI. */
export const wazoExamples: readonly WazoExample[] = all;
