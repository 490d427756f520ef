/**
 * Links that choose something on this page when they are pressed, and have an address for everything else that browsers do with links: a tab of its own,
 * a bookmark, a copy.
 */
import type { KeyboardEvent, MouseEvent } from 'react';

type Modified = Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** With a modifier the browser opens the address in a tab or window of its own. */
const isForBrowser = ({ ctrlKey, metaKey, shiftKey, altKey }: Modified): boolean =>
  ctrlKey || metaKey || shiftKey || altKey;

/** Handles the click on a link. */
export const chooseOnClick =
  (choose: () => void) =>
  (event: MouseEvent<Element>): void => {
    if (isForBrowser(event)) return;
    event.preventDefault();
    choose();
  };

/**
 * Handles Enter on one of the links of a group, in its capture phase: a Link of react-aria follows its address on Enter, whatever its click handler says, and
 * the page would be loaded anew.
 */
export const chooseOnEnter =
  (choose: (index: number) => void) =>
  (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Enter' || isForBrowser(event)) return;
    const index = [...event.currentTarget.querySelectorAll('a')].findIndex((link) => link === event.target);
    if (index < 0) return;
    event.preventDefault();
    event.stopPropagation();
    choose(index);
  };
