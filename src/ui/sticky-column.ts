const HEADER = 57;
const GAP = 14;

/**
 * A ref that keeps a column in view while a longer one scrolls past, without its own scrollbar, where the column is `position: sticky`. One that
 * fits stays below the header; a taller one scrolls until its end is reached.
 */
export function stickyColumn(column: HTMLElement | null): (() => void) | undefined {
  if (!column) return undefined;
  const place = () => {
    column.style.top = `${Math.min(HEADER + GAP, window.innerHeight - column.offsetHeight - GAP)}px`;
  };
  // Browsers scroll as if a column that stays would move along: what gets the focus by keyboard remains outside the window or below the header.
  const reveal = ({ target }: FocusEvent) => {
    const element = target as HTMLElement;
    const { top, bottom } = element.getBoundingClientRect();
    const inView = top >= HEADER && bottom <= window.innerHeight;
    if (inView || !element.matches(':focus-visible') || getComputedStyle(column).position !== 'sticky') return;
    column.style.position = 'static';
    element.scrollIntoView({ block: 'nearest' });
    column.style.position = '';
  };
  column.addEventListener('focusin', reveal);
  const observer = new ResizeObserver(place);
  observer.observe(column);
  window.addEventListener('resize', place);
  return () => {
    column.removeEventListener('focusin', reveal);
    observer.disconnect();
    window.removeEventListener('resize', place);
  };
}
