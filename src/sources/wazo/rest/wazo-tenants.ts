import { z } from 'zod';
import type { Listing } from '../../listing.js';
import { uuid } from './rest-fields.js';
import type { ServiceCalls } from './service-calls.js';

const tenant = z.object({ uuid, name: z.string().nullish(), slug: z.string().nullish() });

export type WazoTenant = z.infer<typeof tenant>;

/**
 * All tenants that the hub's user sees.
 * @throws WazoRestError
 */
export function listTenants(calls: ServiceCalls): Promise<Listing<WazoTenant>> {
  return calls.listAll({ service: 'auth', path: ['tenants'] }, tenant);
}
