/** The progress of a study in the terminal, and what is said meanwhile. */
import { SingleBar } from 'cli-progress';
import type { StudyEvent } from '../src/study/result/events.ts';
import { clock } from '../src/ui/format.ts';

/** A terminal shows one bar at a time; null: it shows none. */
let shown: SingleBar | null = null;

const BEGIN = { share: 0, words: { phase: 'prepare', left: '?', rate: '' } };
/** What it shows. */
let state = BEGIN;

const begin = (bar: SingleBar): void => bar.start(1, state.share, state.words);

export function showBar(): void {
  state = BEGIN;
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

/** Prints a line, above the bar where there is one. In a file or a pipe a bar is a line now and then, and nothing is in the way. */
export function say(line: string): void {
  const inTheWay = process.stderr.isTTY ? shown : null;
  inTheWay?.stop();
  console.log(line);
  if (inTheWay) begin(inTheWay);
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
  state = { share: done / total, words: { phase: phase.padEnd(9), left, rate } };
  shown?.update(state.share, state.words);
}
