import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultArm } from '../../study/config/default-arm.ts';
import { packBits } from '../../platform/bits.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { BACKBONES } from '../models/backbones.ts';
import { activeShares, gatesAt, decodeTape, extendTape, playersOfTape, redrawTape, storedTape } from './tape.ts';

const gates = (length: number) => fc.uint8Array({ minLength: length, maxLength: length, max: 1 });

describe('stored tapes', () => {
  it('come back as they were packed, and tell their number of layers', () => {
    const tape = fc
      .tuple(fc.integer({ min: 30, max: 200 }), fc.integer({ min: 1, max: 24 }))
      .chain(([steps, players]) => fc.tuple(fc.constant(steps), fc.constant(players), gates(steps * players)));
    fc.assert(
      fc.property(tape, ([steps, players, cells]) => {
        const text = packBits(cells);
        expect(playersOfTape(text, steps)).toBe(players);
        expect(decodeTape(text, steps, players)).toEqual({ steps, players, cells });
      }),
      { numRuns: 50 },
    );
  });

  it('of a run that was stopped early have the layers of the backbone, and none where it is not known', () => {
    const [backbone] = BACKBONES;
    const { config, runs } = studyResultFixture();
    const players = backbone.layers.vision;
    const tapeAt = (steps: number, of: typeof backbone | null) => {
      const gates = packBits(new Uint8Array(steps * players).fill(1));
      return storedTape({ ...runs[0], steps, gates }, config, of);
    };
    for (const steps of [1, 3, 7]) {
      expect(tapeAt(steps, backbone)).toMatchObject({ players, steps });
      expect(tapeAt(steps, null)).toBeNull();
    }
    expect(tapeAt(8, null)).toMatchObject({ players, steps: 8 });
  });

  it('are refused when damaged', () => {
    expect(decodeTape('%%%', 10, 12)).toBeNull();
    expect(decodeTape('AAAA', 10, 12)).toBeNull();
    expect(decodeTape('AAAA', 10, 0)).toBeNull();
  });
});

describe('live tapes', () => {
  it('grow piece by piece and keep what they had', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }), (pieces) => {
        const players = 3;
        const all = Uint8Array.from({ length: pieces.reduce((a, b) => a + b, 0) * players }, (_, i) => (i * 7 + 1) % 2);
        let tape = null;
        let from = 0;
        for (const steps of pieces) {
          tape = extendTape(tape, from, all.subarray(from * players, (from + steps) * players), players);
          from += steps;
        }
        expect(tape?.steps).toBe(from);
        expect(tape?.cells.subarray(0, all.length)).toEqual(all);
      }),
      { numRuns: 40 },
    );
  });

  it('average over steps that exist', () => {
    const tape = extendTape(null, 0, Uint8Array.of(1, 0, 1, 1), 2);
    expect([...activeShares(tape, 0, 2)]).toEqual([1, 0.5]);
    expect([...activeShares(tape, 1, 99)]).toEqual([1, 1]);
  });
});

describe('redrawn tapes', () => {
  const [backbone] = BACKBONES;

  it('are the same for the same seed and differ between seeds', () => {
    const arm = defaultArm('copra', 'copra', 'CopRA');
    const draw = (seed: number) => redrawTape(arm, backbone, seed, 50, 100);
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3).cells).not.toEqual(draw(4).cells);
    expect(draw(3).players).toBe(backbone.layers.vision);
  });

  it('start sparse, are never empty, and end full', () => {
    const arm = defaultArm('copra', 'copra', 'CopRA');
    const tape = redrawTape(arm, backbone, 0, 100, 100);
    const active = Array.from({ length: 100 }, (_, step) =>
      activeShares(tape, step, step + 1).reduce((a, b) => a + b, 0),
    );
    expect(Math.min(...active)).toBe(1);
    expect(active.slice(75)).toEqual(Array(25).fill(12));
  });

  it('are full throughout for LoRA', () => {
    expect(redrawTape(defaultArm('lora', 'lora', 'LoRA'), backbone, 0, 20, 20).cells.every((gate) => gate === 1)).toBe(
      true,
    );
  });
});

describe('gates of a step', () => {
  it('are the row of the tape, and the last one behind its end', () => {
    const tape = { players: 2, steps: 3, cells: Uint8Array.of(1, 0, 0, 1, 1, 1, 9, 9) };
    expect([...gatesAt(tape, 0)]).toEqual([1, 0]);
    expect([...gatesAt(tape, 1)]).toEqual([0, 1]);
    expect([...gatesAt(tape, 50)]).toEqual([1, 1]);
  });
});
