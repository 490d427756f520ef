import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCoalitions, writeCoalitions } from './coalition-file.ts';

const runs = fc.array(
  fc
    .record({ players: fc.integer({ min: 1, max: 5 }), images: fc.integer({ min: 1, max: 65535 }) })
    .chain(({ players, images }) =>
      fc.array(fc.nat(images), { minLength: 2 ** players, maxLength: 2 ** players }).map((correct) => ({
        arm: 'copra',
        seed: 3,
        players: Array.from({ length: players }, (_, layer) => ({ tower: 'vision' as const, layer })),
        images,
        accuracy: Float32Array.from(correct, (count) => count / images),
      })),
    ),
  { maxLength: 3 },
);

describe('the file of coalition values', () => {
  it('brings back what was written, exactly', () => {
    fc.assert(
      fc.property(runs, (values) => {
        const file: unknown = JSON.parse(JSON.stringify(writeCoalitions('2026-01-01', values)));
        expect(readCoalitions(file)).toEqual({ date: '2026-01-01', runs: values });
      }),
    );
  });

  it('is refused when it is damaged', () => {
    const players = [{ tower: 'vision' as const, layer: 0 }];
    const run = { arm: 'lora', seed: 0, players, images: 10, accuracy: Float32Array.of(0.1, 0.5) };
    const file = writeCoalitions('', [run]);
    const damaged = (changes: object) => ({ ...file, runs: [{ ...file.runs[0], ...changes }] });
    for (const value of [null, [], { ...file, version: 2 }, damaged({ correct: 'AAA' }), damaged({ correct: '*' })])
      expect(readCoalitions(value)).toBeNull();
    expect(readCoalitions(damaged({ images: 4 }))).toBeNull(); // more correct than there are
  });
});
