import { z } from 'zod';
import { endsLogin } from './event-row.js';

/** Events of the logins of Wazo's users, which may also be logins to the hub. */
export const loginEvents = {
  auth_session_deleted: endsLogin({
    publisher: 'wazo-auth',
    schema: z.object({ uuid: z.guid() }),
    idOf: ({ uuid }) => uuid.toLowerCase(),
    note: 'A token was revoked, or has run out. Connections made with a revoked one are closed.',
    routingKeys: ['auth.sessions.*.deleted'],
  }),
} as const;
