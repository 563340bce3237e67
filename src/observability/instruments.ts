import type { FigureBook } from './figure-book.js';
import { clientFigures } from './figures/client-figures.js';
import { deliveryFigures } from './figures/delivery-figures.js';
import { serviceFigures } from './figures/service-figures.js';
import { sourceFigures } from './figures/source-figures.js';

/**
 * All figures that are counted as things happen, with what METRICS.md says of each. Those that are
 * read when asked for are in figures/health-figures.ts, server-figures.ts, source-metrics.ts and
 * table-metrics.ts. Seconds and bytes are base units, as Prometheus recommends.
 */
export function createInstruments(book: FigureBook) {
  return {
    ...clientFigures(book),
    ...deliveryFigures(book),
    ...sourceFigures(book),
    ...serviceFigures(book),
  };
}

/** The figures, ready to be counted. */
export type Instruments = ReturnType<typeof createInstruments>;
