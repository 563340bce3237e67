import { z } from 'zod';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
/** In RTE messages this stands for "unknown", so nothing may be called so. */
const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

/** A guid in any letter case, given in lower case. */
export const guid = z
  .string()
  .regex(GUID, 'give a guid such as 0b5c7c1e-6a3f-4c39-9d0a-2f4b8f6f0e11')
  .transform((value) => value.toLowerCase())
  .refine((value) => value !== ZERO_GUID, 'the zero guid means "unknown": give another one');
