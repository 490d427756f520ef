/** Remembers over the end of the page that it was the reader who ended the opening of a device. */
import type { LeftOpening } from '../../worker/client.ts';
import { forget, remember, remembered } from './keeper.ts';

const LEFT_KEY = 'copra-left-opening';

export const leftOpening = (
  page: Pick<Window, 'addEventListener' | 'removeEventListener'>,
  keeper: Storage | null,
): LeftOpening => ({
  note: () => remember(keeper, LEFT_KEY, 'yes'),
  take() {
    const was = remembered(keeper, LEFT_KEY) !== null;
    forget(keeper, LEFT_KEY);
    return was;
  },
  onLeave(listener) {
    page.addEventListener('pagehide', listener);
    return () => page.removeEventListener('pagehide', listener);
  },
});
