/** What the terminal, or a file in its place, shows of the progress of a study. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hideBar, say, showBar, showProgress } from '../../scripts/progress-bar.ts';

afterEach(() => vi.restoreAllMocks());

/** What is written of a study that says something in the middle of its training. */
function written(isTTY: boolean): string[] {
  const found: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => found.push(String(text)) > 0);
  vi.spyOn(console, 'log').mockImplementation((text: string) => void found.push(text));
  const was = process.stderr.isTTY;
  process.stderr.isTTY = isTTY;
  // Terminals have these.
  Object.assign(process.stderr, { cursorTo: () => true, clearLine: () => true, moveCursor: () => true });
  showBar();
  showProgress({ type: 'progress', phase: 'train', done: 1, total: 2, remainingSeconds: 60, imagesPerSecond: 9 });
  say('A layer is too large.');
  hideBar();
  process.stderr.isTTY = was;
  return found.map((text) => text.trim()).filter((text) => text !== '');
}

describe('the progress of a study', () => {
  it.each([true, false])('goes on after a message where it was (in a terminal: %s)', (isTTY) => {
    const lines = written(isTTY);
    const after = lines.slice(lines.indexOf('A layer is too large.') + 1);
    expect(after.filter((line) => line.includes('%')).length).toBeGreaterThan(0);
    expect(after.filter((line) => line.includes('%') && !/^train .* 50%/.test(line))).toEqual([]);
  });
});
