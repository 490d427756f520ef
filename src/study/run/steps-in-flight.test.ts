import { expect, test } from 'vitest';
import { StepsInFlight } from './steps-in-flight.ts';

const later = (log: number[], value: number, milliseconds: number) =>
  new Promise<void>((resolve) =>
    setTimeout(() => {
      log.push(value);
      resolve();
    }, milliseconds),
  );

test('at most so many steps are under way', async () => {
  const log: number[] = [];
  const steps = new StepsInFlight(2);
  await steps.add(later(log, 0, 20));
  await steps.add(later(log, 1, 1));
  expect(log).toEqual([]);
  await steps.add(later(log, 2, 30)); // waits for the first only
  expect(log).toEqual([1, 0]);
  await steps.settle();
  expect(log).toEqual([1, 0, 2]);
});

test('a failure is reported once, to whoever waits', async () => {
  const steps = new StepsInFlight(1);
  await steps.add(Promise.reject(new Error('diverged')));
  await expect(steps.add(Promise.resolve())).rejects.toThrow('diverged');
  await steps.settle();
});
