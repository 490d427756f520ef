/** Texts of a page in the pseudo-language that come from no catalogue: what somebody sees or hears and that has neither ⟦brackets⟧ nor accents, where an explained word parts a text. */
import type { Page } from '@playwright/test';

export const literalsOf = (page: Page): Promise<string[]> => page.evaluate(found);

/** Runs in the page. */
function found(): string[] {
  const isLiteral = (text: string): boolean => /\p{L}/u.test(text) && !/[⟦⟧áçéğíłñöšüýž]/.test(text);
  const isThere = (element: Element): boolean =>
    !element.closest('script, style, noscript') && element.checkVisibility();
  const texts = new Set<string>();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { currentNode: node } = walk;
    const text = (node.textContent ?? '').trim();
    if (isLiteral(text) && node.parentElement && isThere(node.parentElement)) texts.add(text);
  }
  for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder'])
    for (const element of document.querySelectorAll(`[${name}]`)) {
      const text = (element.getAttribute(name) ?? '').trim();
      if (isLiteral(text) && isThere(element)) texts.add(text);
    }
  return [...texts];
}
