/** The wallboard at /. */
export const board = {
  title: 'Wallboard',
};
