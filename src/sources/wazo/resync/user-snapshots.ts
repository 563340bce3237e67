import type { AgentSnapshot, ExistingUserSnapshot } from '../../../contact-center/index.js';
import { availabilityOfChatd } from '../presence-words.js';
import type { AgentdAgent } from '../rest/wazo-agentd.js';
import type { ChatdPresence } from '../rest/wazo-chatd.js';
import type { ConfdUser } from '../rest/wazo-confd.js';
import type { SnapshotScope } from './snapshot-scope.js';

/**
 * Which agents serve a queue. An agent who is logged in to none does not, whatever the login says;
 * where wazo-agentd does not tell queues (before 25.10) it is in all of its own.
 */
export function agentSnapshots(
  agents: readonly AgentdAgent[],
  { index }: SnapshotScope,
): AgentSnapshot[] {
  return agents
    .map(({ id, logged, queues }) => ({
      member: index.agent(id),
      loggedIn: queues ? queues.some((queue) => queue.logged) : logged,
    }))
    .filter(({ member }) => member.userIds.length > 0);
}

type Part = Omit<ExistingUserSnapshot, 'userId' | 'exists'>;

/** Presences and settings of users, of those who are in the directory. */
export function userSnapshots(
  presences: readonly ChatdPresence[],
  users: readonly ConfdUser[],
  { index }: SnapshotScope,
): ExistingUserSnapshot[] {
  const parts = new Map<string, Part>();
  const add = (userUuid: string, part: Part): void => {
    const userId = index.user(userUuid)?.id;
    if (userId !== undefined) parts.set(userId, { ...parts.get(userId), ...part });
  };
  for (const user of users) add(user.uuid, settingsOf(user));
  // wazo-chatd comes second: its do-not-disturb is what its events tell of, too.
  for (const presence of presences) add(presence.uuid, presenceOf(presence));
  return Array.from(parts, ([userId, part]) => ({ userId, exists: true, ...part }));
}

function presenceOf({ state, status, do_not_disturb: enabled, lines }: ChatdPresence): Part {
  const availability = availabilityOfChatd(state);
  const source = 'wazo-chatd';
  const terminals = Object.fromEntries(
    lines.map((line) => [String(line.id), line.state !== 'unavailable']),
  );
  return {
    ...(availability === undefined
      ? {}
      : { presence: { availability, note: status ?? '', source, terminals } }),
    ...(typeof enabled === 'boolean' ? { doNotDisturb: { enabled, source } } : {}),
  };
}

type Settings = NonNullable<ExistingUserSnapshot['settings']>;

function settingsOf({ services, forwards }: ConfdUser): Part {
  const dnd = services?.dnd;
  const told = [
    ['services.dnd', dnd],
    ['services.incallfilter', services?.incallfilter],
    ['forwards.busy', forwards?.busy],
    ['forwards.noanswer', forwards?.noanswer],
    ['forwards.unconditional', forwards?.unconditional],
  ] as const;
  const settings: Settings[number][] = [];
  for (const [setting, value] of told) {
    if (!value) continue;
    const destination = 'destination' in value ? (value.destination ?? '') : '';
    settings.push({ setting, enabled: value.enabled, destination });
  }
  const source = 'wazo-confd';
  return { settings, ...(dnd ? { doNotDisturb: { enabled: dnd.enabled, source } } : {}) };
}
