/** Two tabs that hear each other, without a browser. */
import type { TabNews } from './tab-news.ts';

export function neighbours(): [TabNews, TabNews] {
  const heard: (() => void)[] = [];
  const tab = (own: number): TabNews => ({
    tell: () => queueMicrotask(() => heard[1 - own]?.()),
    follow: (changed) => void (heard[own] = changed),
  });
  return [tab(0), tab(1)];
}
