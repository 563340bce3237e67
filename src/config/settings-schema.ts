import { z } from 'zod';
import { eventsSchema } from './groups/events.js';
import { listeningSchema } from './groups/listening.js';
import { openIdConnectSchema } from './groups/openid-connect.js';
import { operationSchema } from './groups/operation.js';
import { portsipSchema } from './groups/portsip.js';
import { storageAndDirectorySchema } from './groups/storage-and-directory.js';
import { tokensSchema } from './groups/tokens.js';
import { wazoSchema } from './groups/wazo.js';

/** All settings of this version, by the name of their environment variable, in the order of the documentation. */
export const settingsSchema = z.object({
  ...listeningSchema.shape,
  ...storageAndDirectorySchema.shape,
  ...tokensSchema.shape,
  ...openIdConnectSchema.shape,
  ...eventsSchema.shape,
  ...operationSchema.shape,
  ...wazoSchema.shape,
  ...portsipSchema.shape,
});

/** The typed values of the variables that are set. */
export type SettingValues = z.infer<typeof settingsSchema>;

/** Name of a setting of this version. */
export type SettingName = keyof SettingValues;
