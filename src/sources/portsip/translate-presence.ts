import type { Availability, DomainEvent } from '../../contact-center/index.js';
import type { EventOutcome } from '../source.js';
import type { PortsipIndex } from './portsip-index.js';
import type { PortsipMessage } from './wsi/message-catalogue.js';
import type { Presence } from './wsi/words.js';

/** As RTE's eventSource. */
const EVENT_SOURCE = 'PortSIP';
/** The PBX tells whether any of an extension's phones is there, not which: they count as one. */
const TERMINAL = 'extension';

/** What a message means to us, and what to count it as. */
export interface Translation {
  readonly outcome: EventOutcome;
  readonly events: readonly DomainEvent[];
}

type StatusMessage = Extract<PortsipMessage, { readonly kind: 'extension_status' }>;
type PresenceMessage = Extract<PortsipMessage, { readonly kind: 'extension_presence' }>;

/**
 * extension_status: presence, note and whether a phone can be reached, of each extension.
 * @param receivedAt epoch ms, for entries without a time
 */
export function translateStatus(
  message: StatusMessage,
  index: PortsipIndex,
  receivedAt: number,
): Translation {
  const events: DomainEvent[] = [];
  let known = 0;
  for (const entry of message.status) {
    const user = index.userOf(message.tenantId, entry);
    if (user === undefined) continue;
    known += 1;
    const about = { userId: user.id, at: entry.at ?? receivedAt };
    if (entry.presence !== undefined) {
      events.push(...presenceChanged(about, entry.presence, entry.presenceNote ?? ''));
    }
    if (entry.online === undefined) continue;
    const registered = entry.online || entry.pushOnline === true;
    events.push({ kind: 'terminal-changed', ...about, terminalId: TERMINAL, registered });
  }
  return {
    outcome: known > 0 || message.status.length === 0 ? 'applied' : 'unknown-entity',
    events,
  };
}

/** extension_presence: what a user chose. @param receivedAt epoch ms, when it has no time */
export function translatePresence(
  message: PresenceMessage,
  index: PortsipIndex,
  receivedAt: number,
): Translation {
  const user = index.userOf(message.tenantId, message);
  if (user === undefined) return { outcome: 'unknown-entity', events: [] };
  const about = { userId: user.id, at: message.at ?? receivedAt };
  const events = presenceChanged(about, message.presence, message.presenceNote);
  return { outcome: 'applied', events };
}

function presenceChanged(
  about: { readonly userId: string; readonly at: number },
  presence: Presence,
  note: string,
): DomainEvent[] {
  const availability = availabilityOf(presence);
  if (availability === undefined) return [];
  return [{ kind: 'presence-changed', ...about, availability, note, source: EVENT_SOURCE }];
}

/** portsip/wsi.md C.2; undefined for what RTE has no word for: it shows in the terminals. */
function availabilityOf(presence: Presence): Availability | undefined {
  switch (presence) {
    case 'ONLINE':
      return 'Available';
    case 'DO_NOT_DISTURB':
      return 'DoNotDisturb';
    case 'AWAY':
    case 'BUSINESS_TRIP':
      return 'Away';
    case 'LUNCH':
      return 'BRB';
    case 'OFFLINE':
    case 'unrecognized':
      return undefined;
  }
}
