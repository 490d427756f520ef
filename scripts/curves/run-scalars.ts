/** The curves of a run as scalars over steps. */
import { decodeTape, playersOfTape } from '../../src/state/summary/tape.ts';
import type { RunResult } from '../../src/study/result/result.ts';
import type { Scalar } from './event-file.ts';

/** The share of layers that were on, over the same windows of steps as the training losses. */
function layersOn({ gates, steps, lossSteps }: RunResult): Scalar[] {
  const tape = gates === null ? null : decodeTape(gates, steps, playersOfTape(gates, steps));
  if (!tape) return [];
  const { players } = tape;
  return lossSteps.map((step, i) => {
    const begin = i === 0 ? 0 : lossSteps[i - 1];
    const cells = tape.cells.subarray(begin * players, step * players);
    return { tag: 'layers/on', step, value: cells.reduce((sum, on) => sum + on, 0) / cells.length };
  });
}

/** Losses in nats, accuracies as shares of images. */
export function runScalars(run: RunResult): Scalar[] {
  const { lossSteps, losses, validation, test, takenAt, steps } = run;
  const both = (split: string, step: number, { loss, accuracy }: { loss: number; accuracy: number }): Scalar[] => [
    { tag: `loss/${split}`, step, value: loss },
    { tag: `accuracy/${split}`, step, value: accuracy },
  ];
  return [
    ...losses.map((value, i) => ({ tag: 'loss/train', step: lossSteps[i], value })),
    ...layersOn(run),
    ...validation.flatMap(({ step, ...scores }) => both('validation', step, scores)),
    ...(test ? both('test', takenAt ?? steps, test) : []),
  ];
}
