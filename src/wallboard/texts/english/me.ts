/** The agent's own page at /me. */
export const me = {
  title: 'My desk',
};
