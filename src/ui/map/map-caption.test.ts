import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapReading, type ReadCell } from './map-caption.ts';

const axes = {
  x: { name: 'learning rate', values: ['1e-3', '3e-3', '0.01'] },
  y: { name: 'shots', values: ['8', '16', '64', 'all'] },
};
const words = { measure: 'Test accuracy', baseline: 'LoRA', other: 'CopRA', ...axes };

const cellsOf = (better: (x: number, y: number) => ReadCell['better']): ReadCell[] =>
  axes.y.values.flatMap((_, y) => axes.x.values.map((_, x) => ({ x, y, better: better(x, y) })));

describe('the reading of a map', () => {
  it('counts cells, and says on which half of an axis they lie', () => {
    const text = mapReading({ ...words, cells: cellsOf((x, y) => (y < 2 ? (x === 2 ? 0 : 1) : y === 3 ? -1 : 0)) });
    expect(text).toBe(
      'Test accuracy: CopRA is better than LoRA in 4 of 12 cells, worse in 3, and in 5 the interval contains 0; ' +
        'it is better in 4 of 6 cells with shots 8 to 16, and in 0 of 6 with shots 64 to all; ' +
        'without any difference about one interval in twenty would exclude 0.',
    );
  });

  it('takes the axis on which the halves differ most, without a value in the middle', () => {
    const text = mapReading({ ...words, cells: cellsOf((x) => (x === 2 ? 1 : 0)) });
    expect(text).toContain('it is better in 4 of 4 cells with learning rate 0.01, and in 0 of 8 with its other values');
  });

  it('names the one value that has all better cells, not the half that it lies in', () => {
    const values = ['1e-3', '3e-3', '0.01', '0.03'];
    const cells = cellsOf(() => 0).concat(axes.y.values.map((_, y): ReadCell => ({ x: 3, y, better: 1 })));
    const text = mapReading({ ...words, x: { ...axes.x, values }, cells });
    expect(text).toContain(
      'it is better in 4 of 4 cells with learning rate 0.03, and in 0 of 12 with its other values',
    );
  });

  it('counts cells of too few seeds apart, and names no value without a cell that counts', () => {
    const text = mapReading({ ...words, cells: cellsOf((x, y) => (y === 3 ? null : y === 2 && x > 0 ? 1 : 0)) });
    expect(text).toContain('and in 7 the interval contains 0; 3 further cells have too few seeds to say; ');
    expect(text).toContain('it is better in 2 of 3 cells with shots 64, and in 0 of 6 with its other values');
  });

  it('names no half where none stands out', () => {
    for (const side of [-1, 0, 1] as const)
      expect(mapReading({ ...words, cells: cellsOf(() => side) })).not.toContain('it is better');
  });

  it('says when seeds are too few, and nothing of no cells', () => {
    expect(mapReading({ ...words, cells: cellsOf(() => null) })).toContain('too few seeds');
    expect(mapReading({ ...words, cells: [] })).toBe('');
  });

  it('takes no half of draws, and says what they say together', () => {
    const x = { name: 'draw of few images', values: ['1', '2', '3', '4'], isDraw: true };
    const y = { name: 'training images per class', values: ['64'] };
    const cells = [1, 1, 0, 0].map((better, i): ReadCell => ({ x: i, y: 0, better: better === 1 ? 1 : 0 }));
    const overDraws = ['over 4 draws: nothing clear'];
    expect(mapReading({ ...words, x, y, cells, overDraws })).toBe(
      'Test accuracy: CopRA is better than LoRA in 2 of 4 cells, worse in 0, and in 2 the interval contains 0; over 4 draws: nothing clear; without any difference about one interval in twenty would exclude 0.',
    );
    // Draws of one seed each say something together.
    const single = cells.map((cell) => ({ ...cell, better: null }));
    expect(mapReading({ ...words, x, y, cells: single, overDraws })).toBe(
      'Test accuracy: too few seeds to say where CopRA and LoRA differ; over 4 draws: nothing clear.',
    );
  });

  it('counts every cell once', () => {
    const side = fc.constantFrom(-1, 0, 1, null);
    fc.assert(
      fc.property(fc.array(side, { minLength: 12, maxLength: 12 }), fc.nat(12), (sides, done) => {
        const cells = cellsOf((x, y) => sides[y * 3 + x]).slice(0, done);
        const text = mapReading({ ...words, cells });
        const known = cells.filter(({ better }) => better !== null);
        const found = /in (\d+) of (\d+) cells?, worse in (\d+), and in (\d+) /.exec(text);
        if (known.length === 0) expect(found).toBeNull();
        else {
          const [better, of, worse, unclear] = (found ?? []).slice(1).map(Number);
          expect(better + worse + unclear).toBe(of);
          expect(of).toBe(known.length);
          expect(better).toBe(known.filter((cell) => cell.better === 1).length);
        }
      }),
    );
  });
});
