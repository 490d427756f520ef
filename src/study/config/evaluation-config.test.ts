import { expect, it } from 'vitest';
import { tinyArm, tinyConfig } from '../../../tests/support/tiny-study.ts';
import { checkTaking } from '../run/training/taking.ts';
import type { ArmConfig } from './config.ts';
import { evaluationConfig, type GivenAdapter } from './evaluation-config.ts';

const given = (arm: ArmConfig): GivenAdapter => ({
  name: arm.name,
  arm,
  classes: [],
  scale: 1,
  values: new Float32Array(0),
  layout: {
    size: 0,
    rank: 4,
    head: null,
    dora: false,
    players: [],
    playerOfPair: [],
    pairs: [{ tower: 'vision', layer: 0, projection: 'q', in: 8, out: 8, aOffset: 0, bOffset: 0 }],
  } as unknown as GivenAdapter['layout'],
});

it.each(['updates', 'loss', 'average'] as const)(
  'an adapter that was taken as “%s” is evaluated as it is: nothing is taken of a training',
  (take) => {
    const { arms } = evaluationConfig(tinyConfig(), [given(tinyArm('lora', 'taken', { take }))]);
    expect(arms[0]).not.toHaveProperty('take');
    expect(() => checkTaking(arms)).not.toThrow();
  },
);

it('says that nothing was trained by its settings, and which of its arms are filled in', () => {
  const known = given(tinyArm('lora'));
  const dense = { ...known, layout: { ...known.layout, rank: 80 } };
  const { evaluated } = evaluationConfig(tinyConfig(), [known, { ...known, arm: null }, dense]);
  expect(evaluated).toEqual({ untold: ['adapter-2'], beyond: ['adapter-3'] });
});
