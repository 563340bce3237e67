import type { FigureBook } from '../figure-book.js';

/** Whether the parts of the hub are ready. */
interface ComponentHealth {
  readonly name: string;
  readonly ready: boolean;
}

/** What is read of the hub's health whenever the figures are asked for. */
export interface HealthFigures {
  readonly ready: boolean;
  readonly components: readonly ComponentHealth[];
}

const group = 'Is it right now?';

/** The version that runs. */
export function buildFigure(book: FigureBook, version: string): void {
  book
    .gauge({
      group,
      name: 'rte_build_info',
      help: 'Always 1; the label has the version.',
      unit: '1',
      labels: { version: { meaning: 'version of rte-hub' } },
    })
    .labels(version)
    .set(1);
}

/** What /healthz/ready says, as figures. */
export function healthFigures(book: FigureBook, read: () => HealthFigures): void {
  book.gauge(
    {
      group,
      name: 'rte_ready',
      help: '1 while the hub should get traffic, as /healthz/ready says.',
      unit: '0 or 1',
      whenBad: '/healthz/ready has the reasons, rte_component_ready the part that is not ready.',
    },
    (gauge) => gauge.set(Number(read().ready)),
  );
  book.gauge(
    {
      group,
      name: 'rte_component_ready',
      help: '1 for each part of the hub that is ready, 0 for one that is not.',
      unit: '0 or 1',
      labels: {
        component: {
          meaning: 'a source, the store of callback requests, or the OpenID issuer',
          values: ['wazo', 'portsip', 'simulator', 'callbacks', 'oidc'],
        },
      },
      whenBad:
        'A source: see rte_source_trouble. callbacks: the database is away or the disk full. oidc: the issuer does not answer; its logins are refused, others work.',
    },
    (gauge) => {
      for (const { name, ready } of read().components)
        gauge.set({ component: name }, Number(ready));
    },
  );
}
