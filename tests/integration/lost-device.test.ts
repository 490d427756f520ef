/** A graphics card that is lost in training, and once more in every analysis. */
import { expect, it } from 'vitest';
import type { Task } from '../../src/data/task.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { DeviceLostError } from '../../src/engine/errors.ts';
import { RecoveringEngine } from '../../src/engine/recovering/recovering-engine.ts';
import { USUAL_DOMAINS } from '../../src/study/analyses/domains/settings.ts';
import { USUAL_FEDERATED } from '../../src/study/analyses/federated/settings.ts';
import { ANALYSES } from '../../src/study/analyses/registry.ts';
import type { StudyEvent } from '../../src/study/result/events.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { inputsOf, record, tinyConfig, tinyTask } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let device: Engine;
withWasmEngine((opened) => void (device = opened), 1);

/** What is asked of a device until it is lost. */
let untilLoss = Infinity;

/** The device; once it is lost, whatever was asked of it fails. */
function frail(): Engine {
  let isLost = false;
  const guarded = async <R>(asked: Promise<R>): Promise<R> => {
    const answer = await asked;
    if (--untilLoss === 0) isLost = true;
    if (isLost) throw new DeviceLostError('The cable was pulled.');
    return answer;
  };
  return {
    ...device,
    textFeatures: (...asked) => guarded(device.textFeatures(...asked)),
    warmUp: (...asked) => guarded(device.warmUp(...asked)),
    createTrainer(spec) {
      const trainer = device.createTrainer(spec);
      return {
        ...trainer,
        step: (...asked) => guarded(trainer.step(...asked)),
        adapters: () => guarded(trainer.adapters()),
        save: () => guarded(trainer.save()),
      };
    },
    createEvaluator(spec) {
      const evaluator = device.createEvaluator(spec);
      return {
        imageSet: (...images) => evaluator.imageSet(...images),
        evaluate: (...asked) => guarded(evaluator.evaluate(...asked)),
        get blockEvaluations() {
          return evaluator.blockEvaluations;
        },
        dispose: () => evaluator.dispose(),
      };
    },
    dispose: () => {},
  };
}

/** All analyses, as small as they get. */
function everything() {
  const { analyses, ...config } = tinyConfig();
  return {
    ...config,
    analyses: {
      ...analyses,
      timeline: { enabled: true, steps: 2, points: 3 },
      timing: { enabled: true, steps: 1 },
      plane: { enabled: true, grid: 3 },
      geometry: { enabled: true },
      spectra: { enabled: true, directions: 2, threshold: 0.5 },
      sharpness: { enabled: true, radii: [0.1], directions: 1, trainImages: 9 },
      domains: { ...USUAL_DOMAINS, domains: ['night' as const], images: 10 },
      merging: { enabled: true, scales: [0.5, 1], density: 0.5 },
      federated: { ...USUAL_FEDERATED, seeds: 1, rounds: 2, localSteps: 1, clients: 2 },
      multitask: { enabled: true, tasks: ['colours', 'food'], parts: 2 },
    },
  };
}

const loadTask = (): Promise<Task> =>
  Promise.resolve({ ...tinyTask(), id: 'food', name: 'Food', classes: ['x', 'y', 'z'], prompts: ['x', 'y', 'z'] });

/** All but what tells the time. */
const findings = (result: StudyResult) => ({ ...result, provenance: null, timing: null });

it('in training and in every analysis changes nothing that a study finds', async () => {
  const whole = await record(inputsOf(device, everything(), { loadTask }));
  let phase = '';
  const lostIn = new Set<string>();
  const engine = new RecoveringEngine(
    frail(),
    () => Promise.resolve(frail()),
    () => void lostIn.add(phase),
  );
  const follow = (event: StudyEvent): void => {
    if (event.type !== 'progress' || event.phase === phase) return;
    ({ phase } = event);
    untilLoss = 2;
  };
  const recovered = await record(inputsOf(engine, everything(), { loadTask }), follow);
  expect(findings(recovered.result)).toEqual(findings(whole.result));
  const asking = ANALYSES.map(({ id }) => id).filter((id) => !['geometry', 'spectra'].includes(id)); // arithmetic on adapters
  expect([...lostIn]).toEqual(expect.arrayContaining(['train', ...asking]));
});
