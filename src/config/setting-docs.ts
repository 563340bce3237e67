import { z } from 'zod';

/** How much of a value may be printed: all of it, all but a URL's password, or nothing. */
export type Secrecy = 'open' | 'url-password' | 'secret';

/** What people read about one setting; the README's table and `.env.example` are made of it. */
export interface SettingDoc {
  /** Heading under which `.env.example` lists it. */
  readonly group:
    | 'Listening'
    | 'Storage and directory'
    | 'Tokens'
    | 'OpenID Connect'
    | 'Events'
    | 'Operation'
    | 'Wazo'
    | 'PortSIP';
  readonly meaning: string;
  /** The default in words, `-` for none. */
  readonly defaultText: string;
  readonly secrecy?: Secrecy;
}

/** The docs by schema; a schema enters when a group makes a setting of it. */
export const settingDocs = z.registry<SettingDoc>();

/**
 * Makes what makes the settings of one group: each takes the schema of the variable's text, and the
 * doc without the group. Every setting may be left out.
 */
export function settingGroup(group: SettingDoc['group']) {
  return <Schema extends z.ZodType>(schema: Schema, doc: Omit<SettingDoc, 'group'>) => {
    const optional = schema.optional();
    settingDocs.add(optional, { ...doc, group });
    return optional;
  };
}
