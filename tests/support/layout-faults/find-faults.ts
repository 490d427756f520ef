/** What is wrong with the layout of a page as it stands. Built and run in the page for every look (layout.ts). */
import { chartFaults } from './charts.ts';
import { controlFaults } from './controls.ts';
import { px } from './reading.ts';
import { textFaults } from './texts.ts';

/** One line per fault, each once. */
export function findFaults(within: string): string[] {
  const root = document.querySelector(within);
  if (!root) return [`there is no ${within} on the page`];
  const { scrollWidth, clientWidth } = document.documentElement;
  const excess = scrollWidth - clientWidth;
  return [
    ...new Set([
      ...(excess > 0 ? [`the page is ${px(excess)} wider than the window`] : []),
      ...textFaults(root),
      ...chartFaults(root),
      ...controlFaults(root),
    ]),
  ];
}
