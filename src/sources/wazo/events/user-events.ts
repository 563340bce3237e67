import type { Forward } from '../../../contact-center/index.js';
import {
  legacyEndpointEvent,
  legacyPresenceEvent,
  lineStatusEvent,
  presenceEvent,
  userForwardEvent,
  userServiceEvent,
} from '../bus-event.js';
import {
  endpointReported,
  lineReported,
  presenceChosen,
  presenceReported,
} from '../translate-presence.js';
import { doNotDisturbSet, settingSet } from '../translate-setting.js';
import { becomesEvent, changesState, former } from './event-row.js';

/** What users say of themselves, what their phones do, and what they have set. */
export const userEvents = {
  chatd_presence_updated: changesState({
    publisher: 'wazo-chatd',
    routingKeys: ['chatd.users.*.presences.updated'],
    schema: presenceEvent,
    translate: presenceReported,
    rteEvents: ['UserAvailability', 'UserStatus', 'QueueStatus'],
    formerly: [
      former({
        name: 'user_status_update',
        publisher: 'xivo-ctid',
        routingKeys: ['status.user'],
        schema: legacyPresenceEvent,
        translate: presenceChosen,
      }),
    ],
  }),
  line_status_updated: changesState({
    publisher: 'wazo-calld',
    routingKeys: ['lines.*.status.updated'],
    schema: lineStatusEvent,
    translate: lineReported,
    rteEvents: ['UserStatus'],
    formerly: [
      former({
        name: 'endpoint_status_update',
        publisher: 'xivo-ctid',
        routingKeys: ['status.endpoint'],
        schema: legacyEndpointEvent,
        translate: endpointReported,
      }),
    ],
  }),
  users_services_dnd_updated: changesState({
    publisher: 'wazo-confd',
    routingKeys: ['config.users.*.services.dnd.updated'],
    schema: userServiceEvent,
    translate: doNotDisturbSet,
    rteEvents: ['UserSetting', 'UserAvailability', 'UserStatus', 'QueueStatus'],
  }),
  users_services_incallfilter_updated: becomesEvent({
    publisher: 'wazo-confd',
    routingKeys: ['config.users.*.services.incallfilter.updated'],
    schema: userServiceEvent,
    translate: settingSet('services.incallfilter'),
    rteEvents: ['UserSetting'],
  }),
  users_forwards_busy_updated: becomesEvent(forward('busy')),
  users_forwards_noanswer_updated: becomesEvent(forward('noanswer')),
  users_forwards_unconditional_updated: changesState({
    ...forward('unconditional'),
    rteEvents: ['UserSetting', 'UserAvailability'],
  }),
} as const;

function forward<Name extends 'busy' | 'noanswer' | 'unconditional'>(name: Name) {
  const setting: Forward = `forwards.${name}`;
  return {
    publisher: 'wazo-confd',
    routingKeys: [`config.users.*.forwards.${name}.updated`],
    schema: userForwardEvent,
    translate: settingSet(setting),
    rteEvents: ['UserSetting'],
  } as const;
}
