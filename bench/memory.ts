/** Device memory after each of several complete studies: must stay flat. */
import type { Engine } from '../src/engine/engine.ts';
import type { StudyConfig } from '../src/study/config/config.ts';
import { StudyControl } from '../src/study/run/control.ts';
import { runStudy } from '../src/study/run/run-study.ts';
import { studyConfig, type Fixture } from './fixture.ts';
import type { Report } from './report.ts';
import type { Row } from './table.ts';

/** A minimal study that uses every feature. */
function smallStudy(): StudyConfig {
  const config = studyConfig(['lora', 'copra'], [0, 1]);
  return {
    ...config,
    training: { ...config.training, steps: 4, validateEvery: 2 },
    analyses: {
      testImages: 32,
      landscape: { enabled: true, points: 3, paths: ['factor', 'product'] },
      shapley: { enabled: true, images: 8, estimator: 'permutation', permutations: 4, seedsPerArm: 1 },
      pruning: { enabled: true, sparsities: [0, 0.5], scopes: ['factors', 'update'], randomMasks: 1 },
    },
  };
}

export async function benchMemory(
  report: Report,
  { model, task }: Fixture,
  engine: Engine,
  studies: number,
): Promise<void> {
  const rows: Row[] = [];
  let base = 0;
  for (let study = 1; study <= studies; study++) {
    const control = new StudyControl();
    for await (const event of runStudy({ config: smallStudy(), engine, model, task, control, appVersion: 'bench' }))
      if (event.type === 'finished' && event.result.status !== 'complete') throw new Error('A study did not complete.');
    const bytes = engine.memoryBytes();
    base ||= bytes;
    rows.push({
      study,
      'device bytes': bytes,
      'change since the first': bytes - base,
      'process MiB': process.memoryUsage().rss / 2 ** 20,
    });
  }
  report.add('memory', 'Bytes allocated on the device after each of several small studies, one engine.', rows);
}
