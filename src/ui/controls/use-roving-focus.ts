/** A group with one tab stop (roving tabindex): Tab reaches one of its items, keys move the focus to the others. */
import { useState, type KeyboardEvent } from 'react';

interface RovingFocus {
  /** Of the group itself. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  /** Whether Tab stops at an item. */
  readonly isStop: (index: number) => boolean;
  readonly onFocus: (index: number) => void;
}

/**
 * @param count items of the group: its buttons or links, in the order of the document
 * @param next the item that a key leads to from another; undefined: the key is not one of the group's; null: there is none in that direction
 */
export function useRovingFocus(
  count: number,
  next: (key: string, from: number, items: readonly HTMLElement[]) => number | null | undefined,
): RovingFocus {
  const [wanted, setAt] = useState(0);
  // The group may have become smaller.
  const at = Math.max(0, Math.min(wanted, count - 1));
  return {
    onKeyDown(event) {
      const items = [...event.currentTarget.querySelectorAll<HTMLElement>('button, a')];
      const to = next(event.key, at, items);
      if (to === undefined) return;
      event.preventDefault();
      if (to === null || to < 0 || to >= count) return;
      setAt(to);
      items[to].focus();
    },
    isStop: (index) => index === at,
    onFocus: setAt,
  };
}

/** Number of items in the first row. */
function columnsOf(items: readonly HTMLElement[]): number {
  const below = items.findIndex((item) => item.offsetTop > items[0].offsetTop);
  return below < 0 ? items.length : below;
}

const STEPS: Readonly<Record<string, (columns: number) => number>> = {
  ArrowRight: () => 1,
  ArrowLeft: () => -1,
  ArrowDown: (columns) => columns,
  ArrowUp: (columns) => -columns,
};

/** Arrow keys of items that wrap into rows. */
export const inRows = (key: string, from: number, items: readonly HTMLElement[]): number | undefined => {
  const step = STEPS[key];
  return step && from + step(columnsOf(items));
};
