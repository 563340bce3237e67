/** Bodies of the REST interface are small; the hub's own routes set their own bound. */
export const MAX_BODY_BYTES = 64 * 1024;

/** Longest time a client may take to send a request: slower ones hold sockets on purpose. */
export const REQUEST_TIMEOUT_MS = 30_000;

/** Idle sockets are kept longer than common load balancers keep theirs, so that those close first. */
export const KEEP_ALIVE_TIMEOUT_MS = 72_000;

/** Longest path parameter; a guid has 36 characters. */
export const MAX_PARAMETER_LENGTH = 256;

/** Where the hub is found below the base URL. */
export const HUB_PATH = '/rte';

/** Longest time that answers under way are waited for when the server closes. */
export const CLOSE_WITHIN_MS = 5_000;
