import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanLogits, taskScores } from './task-scores.ts';

/** Two tasks: of 2 and of 3 classes, with 2 and 1 images. */
const two = { classes: [2, 3], images: [2, 1], labels: Int32Array.from([0, 1, 2]) };

describe('taskScores', () => {
  it('lets the classes of the own task compete, and those of all', () => {
    const logits = Float32Array.from([
      ...[5, 1, 0, 0, 0], // right in both
      ...[1, 2, 9, 0, 0], // right among its own, a class of the other task is larger
      ...[9, 9, 3, 4, 5], // the same
    ]);
    expect(taskScores(logits, two)).toMatchObject({ own: [1, 1], joint: [0.5, 0], correct: Uint8Array.of(1, 1, 1) });
  });

  it('is never better among all classes, and counts every image once', () => {
    const logits = fc.array(fc.float({ noNaN: true }), { minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(logits, (values) => {
        const { own, joint } = taskScores(Float32Array.from(values), two);
        own.forEach((accuracy, task) => {
          expect(joint[task]).toBeLessThanOrEqual(accuracy);
          expect(Number.isInteger(accuracy * two.images[task])).toBe(true);
        });
      }),
    );
  });

  it('takes the first of equal logits', () => {
    const equal = Float32Array.from([...[1, 1, 0, 0, 0], ...[1, 1, 0, 0, 0], ...[0, 0, 3, 3, 3]]);
    expect(taskScores(equal, two)).toMatchObject({ own: [0.5, 0], correct: Uint8Array.of(1, 0, 0) });
  });

  it('has the cross-entropy among the classes of the own task', () => {
    const thirds = [0.25, 0.25, 0.5].map(Math.log);
    const logits = Float32Array.from([...[3, 3, 7, 7, 7], ...[9, 9, 1, 2, 3], ...[0, 0, ...thirds.map((v) => v + 5)]]);
    const { loss } = taskScores(logits, two);
    expect(loss[0]).toBeCloseTo(Math.log(2), 6);
    expect(loss[1]).toBeCloseTo(Math.log(2), 6);
  });

  it('does not depend on what is added to all logits of an image', () => {
    const values = Float32Array.from({ length: 15 }, (_, i) => Math.sin(3 * i));
    const shifted = values.map((value, i) => value + 4 * Math.floor(i / 5));
    const [one, other] = [shifted, values].map((all) => taskScores(all, two));
    expect({ ...one, loss: [] }).toEqual({ ...other, loss: [] });
    one.loss.forEach((loss, task) => expect(loss).toBeCloseTo(other.loss[task], 5));
  });
});

it('the ensemble is the mean of the logits', () => {
  expect([...meanLogits(Float32Array.from([1, 2, 3, 5, 6, 7]), 2)]).toEqual([3, 4, 5]);
});
