/** The drawings of this view by what they show, on a field of 24 by 24, as strokes. */
const PATHS = {
  free: 'M4 12.5l5 5L20 6.5',
  phone:
    'M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3.3 3A17 17 0 0 1 3 6.3 3 3 0 0 1 6 3z',
  ringing: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4M2.5 9A10 10 0 0 1 5 4M21.5 9A10 10 0 0 0 19 4',
  'wrap-up': 'M12 7v5l3.5 2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
  'do-not-disturb': 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM7.5 12h9',
  'off-work': 'M20 14.5A8.5 8.5 0 1 1 9.5 4 7 7 0 0 0 20 14.5z',
  pause: 'M8 5v14M16 5v14',
  away: 'M5 8h11v5a5 5 0 0 1-5 5h-1a5 5 0 0 1-5-5zM16 9h2a2.5 2.5 0 0 1 0 5h-2M8 5V3M12.5 5V3',
  'no-phone': 'M3 3l18 18M6 3h3l2 5-2.5 1.5M15 14.5l1-1.5 5 2v3a3 3 0 0 1-3.3 3C10 20 4 14 3 6.300',
  busy: 'M4 20a8 8 0 0 1 16 0M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8z',
  back: 'M4 12a8 8 0 1 1 2.5 5.800M4 20v-5h5',
  incoming: 'M19 5L6 18M6 8v10h10',
  outgoing: 'M5 19L18 6M8 6h10v10',
  missed: 'M4 7l8 8 8-8M14 7h6v6',
  chevron: 'M9 5l7 7-7 7',
  bell: 'M6 16v-5a6 6 0 0 1 12 0v5l2 2H4zM10 21h4',
  transfer: 'M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside words that say the same; it is not read out. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
