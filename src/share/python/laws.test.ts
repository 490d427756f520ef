import { describe, expect, it } from 'vitest';
import { hasPython, python, sayUnchecked } from '../../../tests/support/python.ts';
import { createGateSampler } from '../../copra/gate-sampler.ts';
import { gateGroups } from '../../copra/gates.ts';
import type { MethodSettings } from '../../copra/methods/method.ts';
import { METHODS, methodOf } from '../../copra/methods/registry.ts';
import { RAMPS } from '../../copra/schedule.ts';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { completeArm, type ArmConfig } from '../../study/config/config.ts';
import { defaultArm } from '../../study/config/default-arm.ts';
import { copraPeft } from './peft-file.ts';

if (!hasPython) sayUnchecked('the laws of the methods in Python');

/** What is tried of every setting; a setting that comes to a method needs values here, or this does not compile. */
const TRIED: { readonly [Key in keyof MethodSettings]-?: readonly NonNullable<MethodSettings[Key]>[] } = {
  schedule: RAMPS,
  p0: [0, 0.1, 1],
  rampFraction: [0.07, 0.75, 1],
  rampSlope: [0, -0.6],
  granularity: ['layer', 'module'],
  keepProbability: [0, 0.3, 1],
  inputDropout: [0, 0.25],
  initialDropout: [0.5, 0.9],
  rescale: [false, true],
};

const STEPS = 60;
const SEEDS = [0, 0x7fffffff];

/** One arm for every combination of the settings that the method reads. */
function armsOf({ id, settings }: (typeof METHODS)[number]): ArmConfig[] {
  const combinations = settings.reduce<Partial<MethodSettings>[]>(
    (found, key) => found.flatMap((settled) => TRIED[key].map((value) => ({ ...settled, [key]: value }))),
    [{}],
  );
  return combinations.map((changes, i) => ({
    ...defaultArm(id, `arm-${i}`, JSON.stringify({ method: id, ...changes })),
    towers: ['vision', 'text'],
    projections: ['q', 'fc2'],
    ...(changes as Partial<ArmConfig>),
  }));
}

/** Sine and exponential of the system's library may round otherwise than those of JavaScript. */
const ROUNDING = 1e-15;

function furthest(theirs: readonly number[], ours: readonly number[]): number {
  if (theirs.length !== ours.length) return Infinity;
  return theirs.reduce((most, value, i) => Math.max(most, Math.abs(value - ours[i])), 0);
}

/** Of every arm: 0 and 1 per group and step, seed by seed; the rest by step and group. */
interface Told {
  readonly gates: readonly (readonly string[])[];
  readonly factors: readonly (readonly (readonly number[])[])[];
  readonly probabilities: readonly (readonly (readonly number[])[])[];
  readonly dropout: readonly (readonly number[])[];
}

const PROGRAM = `
exec(compile(sys.argv[1], 'copra_peft.py', 'exec'))
TOWERS = {'vision': 5, 'text': 3}
ARMS, SEEDS, STEPS = json.loads(sys.argv[2])
told = {'gates': [], 'factors': [], 'probabilities': [], 'dropout': []}
for arm in ARMS:
    check(arm)
    places = [(t, l, name) for t in arm['towers'] for l in range(TOWERS[t]) for name in arm['projections']]
    _, depths = gate_groups(arm, places)
    drawn = [[step_gates(arm, depths, seed, step, STEPS) for step in range(STEPS)] for seed in SEEDS]
    told['gates'].append([''.join(str(int(gate)) for gates, _ in steps for gate in gates) for steps in drawn])
    told['factors'].append([factors for _, factors in drawn[0]])
    told['probabilities'].append([[active_probability(arm, step, STEPS, depth) for depth in depths] for step in range(STEPS)])
    told['dropout'].append([input_dropout(arm, step, STEPS) for step in range(STEPS)])
print(json.dumps(told))`;

const told = (arms: readonly ArmConfig[]): Told =>
  JSON.parse(
    python(`import json, sys\n${PROGRAM}`, copraPeft(), JSON.stringify([arms.map(completeArm), SEEDS, STEPS])),
  ) as Told;

describe.skipIf(!hasPython)('the law in Python', () => {
  it.each(METHODS.map((method) => [method.id, method] as const))(
    'of %s is ours, whatever its settings: the same gates, bit for bit, in 60 steps',
    (_, method) => {
      const arms = armsOf(method);
      const { gates, factors, probabilities, dropout } = told(arms);
      const steps = Array.from({ length: STEPS }, (_, step) => step);
      const tower = { width: 4, mlpWidth: 8 };
      arms.forEach((arm, a) => {
        const layout = createAdapterLayout({ vision: { layers: 5, ...tower }, text: { layers: 3, ...tower } }, arm);
        const { groupOfPair, depths } = gateGroups(layout, arm.granularity);
        SEEDS.forEach((seed, s) => {
          const sample = createGateSampler(arm, layout, STEPS, seed);
          const ours = steps.flatMap((step) => {
            const { pairs, players } = sample(step);
            return [...(arm.granularity === 'module' ? pairs : players)];
          });
          expect(gates[a][s], `${arm.name}, seed ${seed}`).toBe(ours.join(''));
        });
        const law = methodOf(arm.method);
        const expected = steps.flatMap((step) => depths.map((depth) => law.probability(step, STEPS, arm, depth)));
        expect(furthest(probabilities[a].flat(), expected), arm.name).toBeLessThan(ROUNDING);
        const rates = steps.map((step) => law.inputDropout(step, STEPS, arm));
        expect(furthest(dropout[a], rates), arm.name).toBeLessThan(ROUNDING);
        const sample = createGateSampler(arm, layout, STEPS, 0);
        const told = steps.flatMap((step) => groupOfPair.map((group) => Math.fround(factors[a][step][group])));
        const ours = steps.flatMap((step) => [...(sample(step).factors ?? groupOfPair.map(() => 1))]);
        expect(furthest(told, ours), arm.name).toBe(0);
      });
    },
  );

  it.each([
    ['method', 'orbit'],
    ['schedule', 'cubic'],
    ['granularity', 'head'],
  ])('refuses a %s that it does not know by name, rather than training something else', (setting, word) => {
    const arm = { ...defaultArm('copra', 'mine', 'Mine'), [setting]: word };
    expect(() => told([arm])).toThrow(`Mine: unknown ${setting} "${word}"; known are `);
  });
});
