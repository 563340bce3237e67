/** Where who pressed what is gone can go on: the entry of the list, the part of the page, the page. */
const PLACES = ['li', 'section', 'main'] as const;

/**
 * Lets who works by keyboard go on nearby when what has the focus is taken off the page, such as the
 * button that was pressed (WCAG 2.4.3). Browsers would begin again at the top.
 * @returns what ends that
 */
export function keepFocus(root: HTMLElement): () => void {
  let last: Element | undefined;
  let places: readonly (HTMLElement | null)[] = [];
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof Element)) return;
    last = target;
    places = PLACES.map((name) => target.closest<HTMLElement>(name));
  };
  const observer = new MutationObserver(() => {
    if (last === undefined || last.isConnected || document.activeElement !== document.body) return;
    last = undefined;
    const place = places.find((one) => one?.isConnected === true);
    const next = place?.querySelector<HTMLElement>('h1, h2, h3, button') ?? place;
    if (next === undefined || next === null) return;
    if (next.tagName !== 'BUTTON') next.tabIndex = -1;
    next.focus();
  });
  root.addEventListener('focusin', onFocus);
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    root.removeEventListener('focusin', onFocus);
  };
}
