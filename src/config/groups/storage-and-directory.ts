import { z } from 'zod';
import { DEFAULTS } from '../defaults.js';
import { commaList, oneOf, text, url, wholeNumber } from '../fields.js';
import { settingGroup } from '../setting-docs.js';
import { SOURCE_NAMES, type SourceName } from '../sources.js';

const setting = settingGroup('Storage and directory');

/** The settings of this group, by the name of their environment variable. */
export const storageAndDirectorySchema = z.object({
  RTE_DATA_DIR: setting(text('give the path of a folder the hub may write to'), {
    meaning: 'folder of the keys and the embedded store',
    defaultText: DEFAULTS.dataDir,
  }),
  DATABASE_URL: setting(
    url(['postgres', 'postgresql'], 'postgres://rte:secret@127.0.0.1:5432/rte').refine(
      namesDatabase,
      'name the database, as in postgres://127.0.0.1:5432/rte',
    ),
    {
      meaning: 'PostgreSQL that keeps the callback requests, such as postgres://rte@127.0.0.1/rte',
      defaultText: 'embedded store in RTE_DATA_DIR',
      secrecy: 'url-password',
    },
  ),
  RTE_CALLBACK_RETENTION_DAYS: setting(wholeNumber(1, 3650, 'days'), {
    meaning: 'days after which closed callback requests are deleted, with the numbers in them',
    defaultText: String(DEFAULTS.callbackRetentionDays),
  }),
  RTE_DIRECTORY: setting(text('give the path of the directory file'), {
    meaning:
      'directory file: organizations, users, queues, call lists; wins over what Wazo or PortSIP has',
    defaultText: 'what WAZO_URL and PORTSIP_API_URL have; a demo directory with the simulator',
  }),
  RTE_SOURCES: setting(commaList(oneOf(SOURCE_NAMES), 'name at least one source'), {
    meaning: `where events come from, comma list of ${SOURCE_NAMES.join(', ')}`,
    defaultText: 'wazo when WAZO_AMQP_URL is set, portsip when PORTSIP_WSI_URL is, else simulator',
  }),
});

/** What the hub keeps and where, who is in the contact center, and where its events come from. */
export interface StorageAndDirectorySettings {
  /** Folder of the keys and the embedded store. */
  readonly dataDir: string;
  readonly callbacks: CallbackSettings;
  /** Path of the directory file. */
  readonly directoryFile: string | undefined;
  /** What the directory begins with when there is no file. */
  readonly withoutDirectoryFile: 'demo' | 'empty';
  readonly sources: readonly SourceName[];
}

interface CallbackSettings {
  /** PostgreSQL that keeps the requests, maybe with a password; undefined for the embedded store. */
  readonly databaseUrl: string | undefined;
  /** How long closed requests are kept. */
  readonly retentionDays: number;
}

/**
 * Completes what is set with the defaults.
 * @param sources those in force
 */
export function storageAndDirectorySettings(
  values: z.infer<typeof storageAndDirectorySchema>,
  sources: readonly SourceName[],
): StorageAndDirectorySettings {
  return {
    dataDir: values.RTE_DATA_DIR ?? DEFAULTS.dataDir,
    callbacks: {
      databaseUrl: values.DATABASE_URL,
      retentionDays: values.RTE_CALLBACK_RETENTION_DAYS ?? DEFAULTS.callbackRetentionDays,
    },
    directoryFile: values.RTE_DIRECTORY,
    withoutDirectoryFile: sources.includes('simulator') ? 'demo' : 'empty',
    sources,
  };
}

/** Without a name the database would be called like the user, which hardly anybody means. */
function namesDatabase(value: string): boolean {
  return !URL.canParse(value) || new URL(value).pathname.length > 1;
}
