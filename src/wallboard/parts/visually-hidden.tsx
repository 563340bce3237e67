import type { ComponentChildren } from 'preact';

/** Text for screen readers only, where eyes have a shape or a place. */
export function VisuallyHidden({ children }: { readonly children: ComponentChildren }) {
  return <span class="hidden-visually">{children}</span>;
}
