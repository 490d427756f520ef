/** The script draws, drops and learns as the page does. */
import { describe, expect, it } from 'vitest';
import { hasPython, pythonLaw, sayUnchecked } from '../../../tests/support/python.ts';
import { createGateSampler } from '../../copra/gate-sampler.ts';
import { gateGroups } from '../../copra/gates.ts';
import { learningRateAt } from '../../copra/learning-rate.ts';
import { initialAdapter } from '../../copra/lora-init.ts';
import { methodOf } from '../../copra/methods/registry.ts';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { stream } from '../../core/rng.ts';
import { completeArm } from '../../study/config/config.ts';
import { pythonScript } from './script.ts';
import { config, task } from './test-script.ts';

if (!hasPython) sayUnchecked('the Python export');

describe('the Python script', () => {
  it.skipIf(!hasPython)('draws the gates, orders and initial values of the browser, and its learning rates', () => {
    const told = pythonLaw(
      pythonScript(config, task),
      `
def places(arm):
    names = arm['projections'] if arm['granularity'] == 'module' else [None]
    return [(tower, layer, name) for tower in ('vision', 'text') if tower in arm['towers'] for layer in range(12) for name in names]
def law(arm, step):
    return [active_probability(arm, step, 40, depth) for depth in group_depths(places(arm))]
def gates(arm, seed):
    return [[int(g) for g in draw_gates(law(arm, step), Stream(seed, 'gates', step))] for step in range(40)]
print(json.dumps({
    'gates': [[gates(arm, seed) for seed in SEEDS] for arm in ARMS],
    'factors': [[branch_factors(arm, law(arm, step)) for step in range(40)] for arm in ARMS],
    'dropout': [[input_dropout(arm, step, 40) for step in range(40)] for arm in ARMS],
    'rates': [learning_rate(ARMS[0], step) for step in range(40)],
    'byActivity': [[rate_factor({**arm, 'rateByActivity': True}, group_depths(places(arm)), step) for step in range(40)] for arm in ARMS],
    'unchanged': [rate_factor(arm, group_depths(places(arm)), 0) for arm in ARMS],
    'order': [batch_indices(5, 23, step) for step in range(9)],
    'init': [Stream(5, 'init', 2).uniform() for _ in range(1)] + [Stream(0x7fffffff, 'init', 40).uniform()],
}))`,
    ) as {
      gates: number[][][][];
      factors: number[][][];
      dropout: number[][];
      rates: number[];
      byActivity: number[][];
      unchanged: number[];
      order: number[][];
      init: number[];
    };
    const shape = { layers: 12, width: 4, mlpWidth: 8 };
    config.arms.forEach((arm, a) => {
      const layout = createAdapterLayout({ vision: shape, text: shape }, arm);
      config.seeds.forEach((seed, s) => {
        const sample = createGateSampler(arm, layout, 40, seed);
        const ours = Array.from({ length: 40 }, (_, step) => {
          const { pairs, players } = sample(step);
          return [...(arm.granularity === 'module' ? pairs : players)];
        });
        expect(told.gates[a][s], arm.name).toEqual(ours);
      });
      const sample = createGateSampler(arm, layout, 40, 0);
      const { groupOfPair } = gateGroups(layout, arm.granularity);
      for (let step = 0; step < 40; step++) {
        const { pairs, factors, activity } = sample(step);
        expect(told.byActivity[a][step], arm.name).toBeCloseTo(Math.min(10, 1 / activity), 9);
        const ours = factors ?? new Float32Array(pairs.length).fill(1);
        expect(
          Float32Array.from(groupOfPair, (group) => told.factors[a][step][group]),
          arm.name,
        ).toEqual(ours);
        const rate = methodOf(arm.method).inputDropout(step, 40, arm);
        expect(told.dropout[a][step], arm.name).toBeCloseTo(rate, 12);
      }
    });
    expect(told.unchanged).toEqual(config.arms.map(() => 1));
    const rate = { peak: config.arms[0].learningRate, schedule: 'cosine', totalSteps: 40, warmupSteps: 3 } as const;
    told.rates.forEach((value, step) => expect(value).toBeCloseTo(learningRateAt(step, rate), 12));
    const positions = Array.from({ length: 63 }, (_, i) => i);
    const orders = [0, 1, 2].map((epoch) =>
      stream(5, 'order', epoch).shuffle(Int32Array.from({ length: 23 }, (_, i) => i)),
    );
    expect(told.order.flat()).toEqual(positions.map((i) => orders[Math.floor(i / 23)][i % 23]));
    expect(told.init).toEqual([stream(5, 'init', 2).uniform(), stream(0x7fffffff, 'init', 40).uniform()]);
    // and what the browser makes of them
    const layout = createAdapterLayout({ vision: shape }, config.arms[0]);
    expect(initialAdapter(layout, 5)[layout.pairs[2].aOffset]).toBe(Math.fround((2 * told.init[0] - 1) / 2));
  });

  it.skipIf(!hasPython)('asks for DoRA, and lets magnitudes alone neither decay nor learn faster', () => {
    const script = pythonScript(config, task);
    expect(script).toContain('use_dora=arm["dora"]');
    const told = pythonLaw(
      script,
      `
class Parameter:
    def __init__(self, name, requires_grad=True):
        self.name, self.requires_grad = name, requires_grad
class Scorer:
    def named_parameters(self):
        names = ['q.lora_A.default.weight', 'q.lora_B.default.weight', 'classifier.weight']
        found = [Parameter(name) for name in names + (['q.lora_magnitude_vector.default.weight'] if self.dora else [])]
        return [(p.name, p) for p in [*found, Parameter('q.base_layer.weight', False)]]
def groups(arm):
    scorer = Scorer()
    scorer.dora = arm['dora']
    return [{**group, 'params': [p.name for p in group['params']]} for group in parameter_groups(scorer, arm)]
print(json.dumps([groups(arm) for arm in ARMS]))`,
    ) as { params: string[]; ratio: number; weight_decay: number }[][];
    config.arms.map(completeArm).forEach(({ weightDecay, loraPlusRatio, dora }, a) => {
      const decays = { weight_decay: weightDecay };
      expect(told[a]).toEqual([
        { params: ['q.lora_A.default.weight', 'classifier.weight'], ratio: 1, ...decays },
        { params: ['q.lora_B.default.weight'], ratio: loraPlusRatio, ...decays },
        ...(dora ? [{ params: ['q.lora_magnitude_vector.default.weight'], ratio: 1, weight_decay: 0 }] : []),
      ]);
    });
  });
});
