/** The progress of a study in the terminal, and what is said meanwhile. */
import { SingleBar } from 'cli-progress';
import type { StudyEvent } from '../src/study/result/events.ts';
import { clock } from '../src/ui/format.ts';

/** A terminal shows one bar at a time; null: it shows none. */
let shown: SingleBar | null = null;

const begin = (bar: SingleBar): void => bar.start(1, 0, { phase: 'prepare', left: '?', rate: '' });

export function showBar(): void {
  shown = new SingleBar({
    format: '{phase} {bar} {percentage}%  {left} left  {rate}',
    hideCursor: true,
    fps: 4,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  begin(shown);
}

export function hideBar(): void {
  shown?.stop();
  shown = null;
}

/** Prints a line, above the bar where there is one. */
export function say(line: string): void {
  shown?.stop();
  console.log(line);
  if (shown) begin(shown);
}

export function showProgress({
  phase,
  done,
  total,
  remainingSeconds,
  imagesPerSecond,
}: Extract<StudyEvent, { type: 'progress' }>): void {
  const left = remainingSeconds === null ? '?' : clock(remainingSeconds);
  const rate = imagesPerSecond === null ? '' : `${Math.round(imagesPerSecond)} images/s`;
  shown?.update(done / total, { phase: phase.padEnd(9), left, rate });
}
