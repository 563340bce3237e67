import { id } from '../wsi/fields.js';

/** An id of 15 digits and more, in base64. */
const ENCODED_ID = /^[\w+/-]{20,64}={0,2}$/u;
const DIGITS = /^\d{15,}$/u;

/**
 * An id of a resource: `id` as WSI has it, `pathId` as REST wants it in paths. The samples of the
 * vendor's OpenAPI document have the digits in base64, those of WSI as they are.
 */
export const resourceId = id.transform((pathId) => ({ id: plainId(pathId), pathId }));

/** An id of a resource that no path has. */
export const plainResourceId = id.transform(plainId);

function plainId(given: string): string {
  if (!ENCODED_ID.test(given)) return given;
  const decoded = Buffer.from(given, 'base64').toString('latin1');
  return DIGITS.test(decoded) ? decoded : given;
}
