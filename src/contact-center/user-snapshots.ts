import type { UserEvent } from './events.js';
import type { PresenceTable } from './presence-table.js';
import { subject } from './fact-subjects.js';
import type { SnapshotContext } from './snapshot-context.js';
import type { ExistingUserSnapshot } from './snapshot-events.js';
import type { UserPresence } from './user-presence.js';

/** Makes presence and settings of a user what the snapshot says, but for what events told since. */
export function applyUserSnapshot(
  presences: PresenceTable,
  snapshot: ExistingUserSnapshot,
  context: SnapshotContext,
): void {
  const { at, changes } = context;
  const before = presences.get(snapshot.userId);
  const news = [
    ...presenceNews(before, snapshot, context),
    ...terminalNews(before, snapshot, context),
    ...phoneNews(before, snapshot, context),
    ...settingNews(before, snapshot, context),
  ];
  if (news.length === 0) return;
  changes.corrected('users');
  for (const event of news) presences.correct({ ...event, at }, changes);
}

type UserNews = UserEvent extends infer Event
  ? Event extends UserEvent
    ? Omit<Event, 'at'>
    : never
  : never;

function presenceNews(
  before: UserPresence,
  { userId, presence, doNotDisturb }: ExistingUserSnapshot,
  { recent }: SnapshotContext,
): UserNews[] {
  const news: UserNews[] = [];
  if (presence !== undefined && !recent.has(subject.presence(userId))) {
    const { availability, note, profileId = null } = presence;
    const isOther = note !== before.note || profileId !== before.profileId;
    if (isOther || availability !== before.availability) news.push(presenceSaid(userId, presence));
  }
  if (doNotDisturb !== undefined && !recent.has(subject.doNotDisturb(userId))) {
    const { enabled, source } = doNotDisturb;
    if (enabled !== before.doNotDisturb) {
      news.push({ kind: 'do-not-disturb-changed', userId, enabled, source });
    }
  }
  return news;
}

/** Its terminals are told one by one. */
function presenceSaid(
  userId: string,
  { terminals: _terminals, ...said }: NonNullable<ExistingUserSnapshot['presence']>,
): UserNews {
  return { kind: 'presence-changed', userId, ...said };
}

/** Terminals that the snapshot does not have cannot be reached. */
function terminalNews(
  before: UserPresence,
  { userId, presence }: ExistingUserSnapshot,
  { recent }: SnapshotContext,
): UserNews[] {
  const terminals = presence?.terminals;
  if (terminals === undefined || recent.has(subject.terminals(userId))) return [];
  const terminalIds = new Set([...Object.keys(terminals), ...Object.keys(before.terminals)]);
  return [...terminalIds]
    .filter((id) => (before.terminals[id] ?? false) !== (terminals[id] ?? false))
    .map((terminalId) => {
      const registered = terminals[terminalId] ?? false;
      return { kind: 'terminal-changed', userId, terminalId, registered };
    });
}

function phoneNews(
  before: UserPresence,
  { userId, phone }: ExistingUserSnapshot,
  { recent }: SnapshotContext,
): UserNews[] {
  if (phone === undefined || phone === before.phone) return [];
  return recent.has(subject.phone(userId)) ? [] : [{ kind: 'phone-changed', userId, phone }];
}

function settingNews(
  before: UserPresence,
  { userId, settings }: ExistingUserSnapshot,
  { recent }: SnapshotContext,
): UserNews[] {
  return (settings ?? [])
    .filter(({ setting, enabled, destination }) => {
      const known = before.settings[setting];
      const isSame = known?.enabled === enabled && known.destination === destination;
      return !isSame && !recent.has(subject.setting(userId, setting));
    })
    .map((setting) => ({ kind: 'setting-changed', userId, ...setting }));
}
