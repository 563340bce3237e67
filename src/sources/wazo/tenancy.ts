import type { DomainEvent } from '../../contact-center/index.js';
import type { Directory } from '../../directory/types.js';

/**
 * Whether what a message says stays within one organization: that of the tenant it names, if it
 * names one. Asterisk's events and those of the first years name none; of them the users and queues
 * alone decide. What crosses tenants is nobody's business.
 * @param tenantUuid in lower case; empty when the message names none
 */
export function staysInTenant(
  events: readonly DomainEvent[],
  tenantUuid: string,
  directory: Directory,
): boolean {
  const concerned = new Set(events.flatMap((event) => organizationsOf(event, directory)));
  if (concerned.size > 1) return false;
  const [organizationId] = concerned;
  if (organizationId === undefined || tenantUuid === '') return true;
  return directory.organizations.get(organizationId)?.wazo.tenantUuid === tenantUuid;
}

function organizationsOf(event: DomainEvent, { users, queues }: Directory): string[] {
  const entities = usersOf(event).map((userId) => users.get(userId));
  const queue = 'queueId' in event ? [queues.get(event.queueId)] : [];
  return [...entities, ...queue].flatMap((one) => (one === undefined ? [] : [one.organizationId]));
}

function usersOf(event: DomainEvent): readonly string[] {
  if ('member' in event) return event.member.userIds;
  if ('userIds' in event) return event.userIds;
  return 'userId' in event && event.userId !== undefined ? [event.userId] : [];
}
