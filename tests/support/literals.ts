/** Texts of a page that somebody sees or hears, and those among them that are in another language than it should be. */
import type { Page } from '@playwright/test';

/** In the pseudo-language: what comes from no catalogue, which has neither ⟦brackets⟧ nor accents, where an explained word parts a text. */
export async function literalsOf(page: Page): Promise<string[]> {
  const texts = await page.evaluate(found);
  return texts.filter((text) => !/[⟦⟧áçéğíłñöšüýž]/.test(text));
}

/** Words that no English sentence does without and no German one has. */
const ENGLISH = /\b(the|of|and|with|are|this|that|from|which|every|than|its|for|when|not|your|you|one|few|many)\b/i;

/** On a page in German: what is English. @param names of what is shown, which are the same in every language */
export async function englishOf(page: Page, names: readonly string[]): Promise<string[]> {
  const texts = await page.evaluate(found);
  return texts.filter((text) => ENGLISH.test(names.reduce((left, name) => left.replaceAll(name, ''), text)));
}

/** Runs in the page. */
function found(): string[] {
  const hasWords = (text: string): boolean => /\p{L}/u.test(text);
  const isThere = (element: Element): boolean =>
    !element.closest('script, style, noscript') && element.checkVisibility();
  const texts = new Set<string>();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { currentNode: node } = walk;
    const text = (node.textContent ?? '').trim();
    if (hasWords(text) && node.parentElement && isThere(node.parentElement)) texts.add(text);
  }
  for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder'])
    for (const element of document.querySelectorAll(`[${name}]`)) {
      const text = (element.getAttribute(name) ?? '').trim();
      if (hasWords(text) && isThere(element)) texts.add(text);
    }
  return [...texts];
}
