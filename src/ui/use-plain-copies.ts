import { useEffect } from 'react';
import { withoutJoiners } from './unbroken.ts';

/** What is copied from the page has no joiners: they keep numbers in one line, and "3e-3" with one inside is no number elsewhere. */
export function usePlainCopies(): void {
  useEffect(() => {
    const copy = (event: ClipboardEvent): void => {
      const text = getSelection()?.toString() ?? '';
      const plain = withoutJoiners(text);
      if (plain === text) return;
      event.clipboardData?.setData('text/plain', plain);
      event.preventDefault();
    };
    document.addEventListener('copy', copy);
    return () => document.removeEventListener('copy', copy);
  }, []);
}
