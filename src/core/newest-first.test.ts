import { expect, it } from 'vitest';
import { newestFirst } from './newest-first.ts';

it('puts the newest first, and what a wrong clock dated ahead of now last', () => {
  const [now, ...dates] = ['2026-01-03', '2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', ''];
  expect(dates.sort(newestFirst(now))).toEqual(['2026-01-03', '2026-01-02', '2026-01-01', '', '2026-01-04']);
});
