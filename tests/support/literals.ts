/** Texts of a page in the pseudo-language that come from no catalogue: what somebody sees or hears and that has no ⟦ brackets. */
import type { Page } from '@playwright/test';

/** @param without selectors of parts that are left out */
export const literalsOf = (page: Page, without: readonly string[]): Promise<string[]> => page.evaluate(found, without);

/** Runs in the page. */
function found(without: readonly string[]): string[] {
  const apart = ['script', 'style', 'noscript', ...without].join(', ');
  const isLiteral = (text: string): boolean => /\p{L}/u.test(text) && !text.includes('⟦');
  const isThere = (element: Element): boolean => !element.closest(apart) && element.checkVisibility();
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
