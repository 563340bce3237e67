/** The parts that all views are made of. */
export const parts = {
  severity: { ok: 'OK', warning: 'Warning', critical: 'Critical' },
  close: 'Close',
  trend: (what: string, lowest: string, highest: string, latest: string) =>
    `${what}: between ${lowest} and ${highest}, most recently ${latest}`,
  noTrend: (what: string) => `${what}: nothing yet`,
};
