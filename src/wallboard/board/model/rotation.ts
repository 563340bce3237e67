/** How many equal tiles fit a space, in rows and columns. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
}

/** Sizes in CSS pixels. */
export interface Space {
  readonly width: number;
  readonly height: number;
}

/** The grid of tiles at least as large as `tile` that the space holds; never less than one tile. */
export function gridFor(space: Space, tile: Space, gap: number): Grid {
  return {
    columns: fitting(space.width, tile.width, gap),
    rows: fitting(space.height, tile.height, gap),
  };
}

function fitting(length: number, least: number, gap: number): number {
  return Math.max(1, Math.floor((length + gap) / (least + gap)));
}

/**
 * Which page of so many items is to be seen at `now` (epoch ms). It goes by the clock, so that
 * several screens in a hall turn their pages together.
 */
export function pageAt(
  now: number,
  { items, perPage, seconds }: { items: number; perPage: number; seconds: number },
): { readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(items / perPage));
  return { page: Math.floor(now / (seconds * 1000)) % pages, pages };
}
