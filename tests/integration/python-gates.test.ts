/** copra_peft.py at work: in CPython alone, with torch on a small transformer, and with the real PEFT. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createGateSampler } from '../../src/copra/gate-sampler.ts';
import { createAdapterLayout } from '../../src/core/adapter-layout.ts';
import type { ArmConfig } from '../../src/study/config/config.ts';
import { defaultArm } from '../../src/study/config/default-arm.ts';
import { hasModules, hasPython, pythonFile, sayUnchecked } from '../support/python.ts';

const hasTorch = hasModules('torch');
const hasPeft = hasModules('torch', 'transformers', 'peft');
if (!hasPython) sayUnchecked('copra_peft.py');
if (!hasTorch) sayUnchecked('trainings with copra_peft.py (torch)');
if (!hasPeft) sayUnchecked('copra_peft.py with the real PEFT and Trainer (torch, transformers, peft)');

interface Alone {
  readonly groups: Readonly<Record<string, readonly number[]>>;
  readonly depths: Readonly<Record<string, readonly number[]>>;
  readonly scaled: readonly (readonly [on: number, scale: number])[];
  readonly inside: readonly (readonly [on: number, scale: number])[];
  readonly after: readonly (readonly [on: number, scale: number])[];
  readonly references: Readonly<Record<string, unknown>>;
  readonly modules: readonly number[];
  readonly own: readonly number[];
  readonly rates: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly resumed: boolean;
  /** Whether a full disk leaves the gates of a checkpoint whole. */
  readonly kept: boolean | null;
  readonly trained: readonly (readonly number[])[];
  readonly refusals: Readonly<Record<string, string | null>>;
}

/** Gates of the layers of one tower, [steps][layers] of 0 and 1. */
function gatesOf(arm: ArmConfig, layers: number, steps: number, seed: number): number[][] {
  const layout = createAdapterLayout({ vision: { layers, width: 4, mlpWidth: 8 } }, arm);
  const sample = createGateSampler(arm, layout, steps, seed);
  return Array.from({ length: steps }, (_, step) => [...sample(step).players]);
}

describe.skipIf(!hasPython)('copra_peft.py, of models that are nothing but names,', () => {
  const told = hasPython ? (JSON.parse(pythonFile('gates_alone.py')) as Alone) : null;

  it('switches the layers of a stack as one, whatever lies within or above them', () => {
    expect(told?.groups).toEqual({
      llama: [0, 0, 1, 1, 2, 2],
      clip: [0, 1, 2, 3],
      t5: [0, 0, 1, 1],
      mixture: [0, 0, 0, 1, 1, 1],
      swin: [0, 1, 2, 3],
      unet: [0, 0, 0, 0, 1, 1, 1, 1],
      hybrid: [0, 0, 1, 1],
      alone: [0, 1],
    });
    expect(told?.depths.llama).toEqual([1 / 3, 2 / 3, 1]);
    expect(told?.depths.clip).toEqual([0.5, 1, 0.5, 1]);
    expect(told?.modules).toEqual([0, 1, 2, 3, 4, 5]);
    expect(told?.own).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('multiplies the branches of a method that rescales, and brings back what an evaluation interrupts', () => {
    const arm = { ...defaultArm('layer-drop', 'drop', 'Drop'), keepProbability: 0.5, rescale: true };
    const factor = 1 / (0.5 + 0.125 / 3);
    const [, , , active] = gatesOf(arm, 3, 10, 0);
    expect(told?.scaled).toEqual(active.flatMap((gate) => [0, 1].map(() => [gate, 2 * factor])));
    expect(told?.inside).toEqual(Array(6).fill([1, 2]));
    expect(told?.after).toEqual(told?.scaled);
  });

  it('keeps off what is off where a frozen pass has switched every adapter on at its end', () => {
    const arm = { ...defaultArm('layer-drop', 'drop', 'Drop'), keepProbability: 0.5 };
    const [, , , active] = gatesOf(arm, 3, 10, 0);
    const [none, all, step] = [Array(6).fill(0), Array(6).fill(1), active.flatMap((gate) => [gate, gate])];
    expect(new Set(active).size).toBe(2);
    expect(told?.references).toEqual({
      step: [none, step],
      inside: [none, all],
      again: step,
      open: [none, all],
      hooks: all,
    });
  });

  it('leaves the dropout of the model alone, unless the method drops inputs, and then gives it back', () => {
    expect(told?.rates).toEqual({
      copra: [[0.1], [0.1], [0.1], [0.1]],
      'lora-dropout': [[0.4], [0.1], [0.4], [0.1]],
    });
  });

  it('draws our gates in a Trainer, opens them between steps, and goes on from a checkpoint', () => {
    const ours = gatesOf(defaultArm('copra', 'copra', 'CopRA'), 3, 8, 3);
    expect(told?.trained).toEqual(ours.map((gates) => gates.flatMap((gate) => [1 - gate, 1 - gate])));
    expect(told).toMatchObject({ resumed: true, kept: true });
  });

  it('refuses what it could only get wrong', () => {
    const refusals = told?.refusals ?? {};
    expect(refusals['other seed']).toMatch(/other gates\. Not the same: seed/);
    expect(refusals['other length']).toMatch(/Not the same: steps/);
    expect(refusals['no layer']).toMatch(/no LoRA layer/);
    expect(refusals.setting).toMatch(/^Unknown setting probability; there are /);
    expect(refusals.method).toMatch(/unknown method "orbit"/);
    expect(refusals.dropout).toMatch(/lora_dropout=0\.25/);
    expect(refusals.pissa).toMatch(/pissa_niter_4.*damaged/);
  });
});

describe.skipIf(!hasTorch)('trainings with copra_peft.py', () => {
  const settings = { method: 'copra', p0: 0.1 } as const;
  const arm = { ...defaultArm('copra', 'copra', 'CopRA'), p0: 0.1 };
  const drawn = gatesOf(arm, 4, 24, 5);
  let told: Record<string, unknown>;
  beforeAll(() => {
    const found = pythonFile('gates_in_torch.py', JSON.stringify(settings), JSON.stringify(drawn));
    told = JSON.parse(found) as Record<string, unknown>;
  }, 120_000);

  it.each(['lora', 'dora'])(
    'of %s end where a loop by hand with our gates ends, also with micro-batches, evaluations, checkpoints and recomputation',
    (kind) => {
      const { moved, ...distances } = told[kind] as Record<string, number>;
      expect(moved).toBeGreaterThan(0.05);
      expect(Object.keys(distances)).toEqual([
        'distance',
        'accumulated',
        'evaluated',
        'referenced',
        'resumed',
        'checkpointed',
      ]);
      for (const [what, distance] of Object.entries(distances)) expect.soft(distance, what).toBeLessThan(1e-9);
    },
  );

  it('have the same gates in two processes, which end where one ends, and touch nothing that is off', () => {
    const { moved, distance, tapes, counts } = told.ddp as {
      moved: number;
      distance: number;
      tapes: number[][][];
      counts: Record<string, number>;
    };
    expect(tapes).toEqual([drawn, drawn]);
    expect(moved).toBeGreaterThan(0.05);
    expect(distance).toBeLessThan(1e-9);
    // AdamW counts the updates of every tensor by itself.
    const active = [0, 1, 2, 3].map((layer) => drawn.filter((gates) => gates[layer] === 1).length);
    for (const [name, count] of Object.entries(counts)) expect(count, name).toBe(active[Number(name.split('.')[1])]);
    expect(Object.keys(counts)).toHaveLength(4 * 3 * 2);
  });
});

describe.skipIf(!hasPeft)('copra_peft.py in the real PEFT', () => {
  it(
    'skips the layers that are off, in LoRA and DoRA, and trains in a Trainer with our gates',
    { timeout: 300_000 },
    () => {
      const drawn = gatesOf(defaultArm('copra', 'copra', 'CopRA'), 4, 8, 3);
      const told = JSON.parse(pythonFile('gates_in_peft.py', '8', '3')) as Record<
        'lora' | 'dora',
        Record<'off' | 'reference' | 'behind' | 'on' | 'changes', number> & {
          readonly groups: number[];
          readonly tape: number[][];
          readonly between: number[];
        }
      >;
      for (const { groups, off, reference, behind, on, changes, tape, between } of [told.lora, told.dora]) {
        expect(groups).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
        expect(changes).toBeGreaterThan(0.001);
        expect(off).toBe(0);
        expect([reference, behind]).toEqual([0, 0]);
        expect(on).toBe(0);
        expect(tape).toEqual(drawn);
        expect(between).toEqual(Array(8).fill(0));
      }
    },
  );
});
