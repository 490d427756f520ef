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
  const observer = new ResizeObserver(place);
  observer.observe(column);
  window.addEventListener('resize', place);
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', place);
  };
}
