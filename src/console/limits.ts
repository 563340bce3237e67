/**
 * Refusals that are kept of an organization, equal ones counted as one: of users who have proved who
 * they are, and of others. More than anybody reads, less than 300 kB.
 */
export const MAX_PROVEN_REFUSALS = 300;
export const MAX_CLAIMED_REFUSALS = 200;

/** Organizations whose refusals are kept, some 60 MB when each is full. */
export const MAX_ORGANIZATIONS_WITH_REFUSALS = 200;

/** Refusals of one turn of the event loop; a Subscribe has up to 500 items. */
export const MAX_UNNOTED_REFUSALS = 2_000;

/** Names and ids of clients are kept up to here: nobody has longer ones, but anybody may send them. */
export const MAX_CLAIMED_LENGTH = 100;
