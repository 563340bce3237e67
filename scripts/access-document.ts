import { format, resolveConfig } from 'prettier';
import { accessTable, type AccessRow } from '../src/rte/access-table.js';

const target = new URL('../src/rte/ACCESS.md', import.meta.url);

const INTRODUCTION = `# Who may see what

Generated from \`access-table.ts\` by \`npm run generate\`. Subscribe asks this table, delivery asks it again after the directory was replaced, and the REST interface asks it for everything that it tells. What no row grants is denied; nothing is ever granted across organizations, whatever a queue or a call list of another one says.

Relations of a user to an entity of the same organization:

- **self**: the entity is the user
- **organization**: nothing more than the same organization
- **member**: they share a queue in which the user is a member; a call list belongs to the queues that feed it
- **supervisor**: the entity is, is a member of, or is fed by a queue that the user supervises

Role and relations are those of the directory in force; a login with an OpenID Connect issuer or with Wazo may give another role, which makes a supervisor of those queues only that name the user. Who came with an access control list (a login with Wazo) gets no more than what both this table and the list grant.

To cause an event is to change what it tells of: to set an availability, to work on a callback request. Nobody may cause what they may not receive.`;

const REFUSALS = `## Refusals

A client learns no more than \`Unauthorized\`, so that ids cannot be probed. The log line \`access refused\` has who, what and when, and which rule refused; \`rte_access_denied_total\` counts all refusals by the same words, the log has at most 20 lines per user and minute.

| rule | what refused |
|---|---|
| unknown | the directory does not have the entity, or no longer has the user |
| organization | the entity is another organization's, or the user has moved to another one |
| role | no row of the table is for the user's role and relation |
| acl | the access control list that the user came with does not permit what the table grants |
`;

/** ACCESS.md as it has to be, laid out by the project's own formatter. */
export async function accessDocument(): Promise<string> {
  const table = [
    cells(['Role', 'Relation', 'Entity', 'Events', 'May cause', 'Reason']),
    cells(['---', '---', '---', '---', '---', '---']),
    ...accessTable.map(line),
  ].join('\n');
  const text = [INTRODUCTION, '## The table', table, REFUSALS].join('\n\n');
  return format(text, { ...(await resolveConfig(target)), filepath: target.pathname });
}

function line({ roles, relation, entity, events, causes = [], reason }: AccessRow): string {
  const names = events === 'all' ? 'all' : events.join(', ');
  return cells([roles.join(', '), relation, entity, names, causes.join(', '), reason]);
}

function cells(texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}
