/** A small study from its first step to its last analysis. */
import { mean } from '../../../src/core/statistics.ts';
import { openNodeEngine } from '../../../src/engine/node.ts';
import type { StudyConfig } from '../../../src/study/config/config.ts';
import { quick } from '../../../src/study/presets/quick.ts';
import { runHeadless } from '../../headless.ts';
import type { Study } from '../report.ts';

/** Every analysis of the quick study, of fewer steps and one seed. */
const config: StudyConfig = {
  ...quick.config,
  seeds: [0],
  shots: 2,
  training: { ...quick.config.training, steps: 20 },
  analyses: { ...quick.config.analyses, testImages: 8 },
};

export async function runSmokeStudy(): Promise<Study> {
  const engine = await openNodeEngine('webgpu');
  const from = performance.now();
  const { runs, provenance, config: ran } = await runHeadless(config, engine);
  const seconds = (performance.now() - from) / 1000;
  engine.dispose();
  const arms = ran.arms.flatMap(({ id, name }) => {
    const accuracies = runs.flatMap(({ arm, test }) => (arm === id && test ? [test.accuracy] : []));
    return accuracies.length > 0 ? [{ name, accuracy: mean(accuracies) }] : [];
  });
  return { preset: quick.id, device: provenance.device, seconds, arms };
}
