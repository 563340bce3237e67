import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import { gridFor, pageAt } from '../model/rotation.js';

interface TileGridProps<Item> {
  readonly kind: 'queue-grid' | 'agent-grid';
  readonly label: string;
  readonly items: readonly Item[];
  readonly isTv: boolean;
  /** The page's clock, by which pages turn. */
  readonly clock: ReadonlySignal<number>;
  readonly pageSeconds: number;
  readonly children: (item: Item) => VNode;
}

/**
 * Tiles in a grid. A page that people scroll has all of them; a television has as many as fit, and
 * shows the others in turn.
 */
export function TileGrid<Item>(props: TileGridProps<Item>) {
  const { kind, label, items, isTv, children } = props;
  if (isTv) return <Pages {...props} />;
  return (
    <ul class={kind} aria-label={label}>
      {items.map(children)}
    </ul>
  );
}

function Pages<Item>(props: TileGridProps<Item>) {
  const { kind, label, items, clock, pageSeconds, children } = props;
  const list = useRef<HTMLUListElement>(null);
  const perPage = useSignal(1);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const measure = (): void => {
      perPage.value = fitting(element);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [perPage]);
  const page = useComputed(
    () =>
      pageAt(clock.value, { items: items.length, perPage: perPage.value, seconds: pageSeconds })
        .page,
  );
  const first = page.value * perPage.value;
  const pages = Math.max(1, Math.ceil(items.length / perPage.value));
  return (
    <>
      <ul ref={list} class={kind} aria-label={label}>
        {items.slice(first, first + perPage.value).map(children)}
      </ul>
      {pages === 1 ? null : <PageNumber page={page.value + 1} pages={pages} />}
    </>
  );
}

function PageNumber({ page, pages }: { readonly page: number; readonly pages: number }) {
  return (
    <p class="page-number">{text.board.queues.page(formatNumber(page), formatNumber(pages))}</p>
  );
}

/** The stylesheet says how large a tile is at least. */
function fitting(element: HTMLElement): number {
  const style = getComputedStyle(element);
  const length = (name: string): number => Number.parseFloat(style.getPropertyValue(name));
  const unit = Number.parseFloat(style.fontSize);
  const tile = { width: length('--tile-width') * unit, height: length('--tile-height') * unit };
  const space = { width: element.clientWidth, height: element.clientHeight };
  const { columns, rows } = gridFor(space, tile, Number.parseFloat(style.rowGap));
  return columns * rows;
}
