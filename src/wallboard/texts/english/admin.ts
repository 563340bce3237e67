/** The console at /admin. */
export const admin = {
  title: 'Console',
};
