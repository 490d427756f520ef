import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readText } from '../../../../tests/support/files.ts';
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

  it('takes a byte per coalition of up to 255 images, and reads the two bytes of earlier versions', () => {
    const players = [{ tower: 'vision' as const, layer: 0 }];
    const run = { arm: 'lora', seed: 0, players, images: 255, accuracy: Float32Array.of(1, 7 / 255) };
    expect(atob(writeCoalitions('', [run]).runs[0].correct)).toBe('\u00ff\u0007');
    const wide = { ...run, images: 256, accuracy: Float32Array.of(1, 7 / 256) };
    expect(atob(writeCoalitions('', [wide]).runs[0].correct)).toBe('\0\u0001\u0007\0');
    const earlier = { ...writeCoalitions('', [run]), runs: [{ ...run, correct: btoa('\u00ff\0\u0007\0') }] };
    expect(readCoalitions(JSON.parse(JSON.stringify(earlier)))?.runs).toEqual([run]);
    const saved: unknown = JSON.parse(readText('public/showcase/full-coalitions.json'));
    expect(readCoalitions(saved)?.runs.length).toBeGreaterThan(0);
  });

  it('holds the first seeds of every arm of sixteen layers, in less than half a megabyte', () => {
    const players = Array.from({ length: 16 }, (_, i) =>
      i < 12 ? { tower: 'vision' as const, layer: i } : { tower: 'text' as const, layer: i - 12 },
    );
    const all = ['lora', 'copra'].flatMap((arm) =>
      [0, 1, 2].map((seed) => ({ arm, seed, players, images: 64, accuracy: new Float32Array(2 ** 16).fill(0.5) })),
    );
    const file = writeCoalitions('', all);
    expect(file.runs.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual(['lora 0', 'lora 1', 'copra 0', 'copra 1']);
    expect(JSON.stringify(file).length).toBeLessThan(500_000);
    expect(readCoalitions(file)?.runs[3]).toEqual(all[4]);
  });

  it('is refused when it is damaged', () => {
    const players = [{ tower: 'vision' as const, layer: 0 }];
    const run = { arm: 'lora', seed: 0, players, images: 10, accuracy: Float32Array.of(0.1, 0.5) };
    const file = writeCoalitions('', [run]);
    const damaged = (changes: object) => ({ ...file, runs: [{ ...file.runs[0], ...changes }] });
    for (const value of [
      null,
      [],
      { ...file, version: 2 },
      damaged({ correct: 'AAAA' }),
      damaged({ images: 300, correct: 'AAA' }),
      damaged({ correct: '*' }),
    ])
      expect(readCoalitions(value)).toBeNull();
    expect(readCoalitions(damaged({ images: 4 }))).toBeNull(); // more correct than there are
  });
});
