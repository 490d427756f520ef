import { expect, it } from 'vitest';
import { beyond } from '../../charts/beyond.ts';
import { geometryReading } from './geometry-caption.ts';

it('tells undefined cosines, as adapters that stayed at zero have them, from values', () => {
  const relations = [
    { kind: 'other seed' as const, arms: ['lora'], distances: [0], cosines: [] },
    { kind: 'pretrained' as const, arms: ['lora'], distances: [0, 0], cosines: [] },
  ];
  expect(geometryReading(relations, 'updates', () => 'LoRA').reading).toBe(
    'Cosine between trained adapters in ΔW: of one method and different seeds LoRA –; 2 seeds, mean ± standard deviation; distance from the pretrained model in ΔW: LoRA 0.00 ± 0.00.',
  );
  // A begins at random: a length of factors is not that of what was learned.
  expect(geometryReading(relations, 'factors', () => 'LoRA').reading).toMatch(
    / in A and B: .* in A and B, their random start included: /,
  );
});

it('counts the runs that were measured, arm by arm', () => {
  const of = (arm: string, count: number) => ({
    kind: 'pretrained' as const,
    arms: [arm],
    cosines: [],
    distances: Array.from({ length: count }, () => 1),
  });
  expect(geometryReading([of('LoRA', 2), of('CopRA', 1)], 'updates', (arm) => arm).reading).toContain(
    '1 to 2 seeds, mean ±',
  );
});

it('goes on behind its numbers, which are not read twice', () => {
  const relations = (['other seed', 'pretrained'] as const).map((kind) => ({
    kind,
    arms: ['LoRA'],
    cosines: [0.1, 0.2],
    distances: [1, 2],
  }));
  for (const told of [relations, relations.slice(1)]) {
    const { numbers, reading } = geometryReading(told, 'updates', (arm) => arm);
    expect(beyond(numbers, reading)).toBe(
      told.length === 1 ? '' : 'Distance from the pretrained model in ΔW: LoRA 1.50 ± 0.71.',
    );
  }
});
