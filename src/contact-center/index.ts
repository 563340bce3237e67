export { CALLBACK_TYPE } from './callback-request.js';
export type { CallbackChange, CallbackRequest, CollectingList } from './callback-request.js';
export { ContactCenter } from './contact-center.js';
export * from './events.js';
export { callGuid, callbackGuid, isGuid } from './ids.js';
export type { QueueStatus } from './queue-status.js';
export type { UserAvailability } from './user-availability.js';
export type { UserStatus } from './user-status.js';
