/** How long a study will take here, before it runs. */
import type { Task } from '../../data/task.ts';
import { isOwn } from '../../engine/backends.ts';
import type { LoadedBackbone } from '../../model/load-backbone.ts';
import type { StudyConfig } from '../config/config.ts';
import { noAnalyses } from '../config/no-analyses.ts';
import { StudyControl } from './control.ts';
import { planPopulations } from './training/populations.ts';
import { trainingSource } from './run-source.ts';
import { runStudy } from './run-study.ts';
import type { StudyInputs } from './study-inputs.ts';
import { studyWork, workSizes } from './study-work.ts';
import { validationPasses } from './training/validation.ts';
import { sum, trainingWork } from './work.ts';

/** Seconds before the first step: images, kernels, frozen accuracy. */
const START_SECONDS = 2;

/** Seconds of training after which the pace is known well enough. */
const MEASURE_SECONDS = 1;

/** Steps left out of the measurement: the first compile kernels and fill caches. */
const FIRST_STEPS = 2;

/** The training alone of a study. */
const trainingOnly = ({ analyses, ...config }: StudyConfig): StudyConfig => ({
  ...config,
  analyses: { ...noAnalyses(analyses), testImages: Math.min(analyses.testImages ?? Infinity, 1) },
});

/**
 * What is trained to measure the pace. On TensorFlow.js and on an emulated GPU one step of all runs can take a minute, during which the worker answers
 * nothing: there one run tells the pace.
 */
function measuredConfig({ config, engine }: Pick<StudyInputs, 'config' | 'engine'>): StudyConfig {
  const isFast = isOwn(engine.info) && !engine.info.software;
  const { arms, seeds } = config;
  // Alone, an arm cannot be held equal with another.
  return trainingOnly(isFast ? config : { ...config, arms: [{ ...arms[0], take: 'last' }], seeds: seeds.slice(0, 1) });
}

/**
 * Seconds per image pass, measured by training runs of this study for about a second. Leaves the backbone loaded. A lost device is not opened again for it.
 * @param signal stops the measurement. @returns null when it was stopped
 */
export async function measuredPace(
  inputs: Pick<StudyInputs, 'config' | 'engine' | 'model' | 'task'>,
  signal: AbortSignal,
): Promise<number | null> {
  const control = new StudyControl();
  const stop = (): void => control.stop();
  signal.addEventListener('abort', stop);
  const config = measuredConfig(inputs);
  const runs = config.arms.length * config.seeds.length;
  const passesTo = (steps: number): number =>
    trainingWork({ ...config, training: { ...config.training, steps } }, runs).passes +
    validationPasses(config, inputs.task, runs, steps);
  let from: { readonly steps: number; readonly at: number } | null = null;
  let pace: number | null = null;
  try {
    for await (const event of runStudy({ ...inputs, config, control, appVersion: '', awaitsDevice: false })) {
      if (event.type !== 'progress' || event.phase !== 'train') continue;
      const at = performance.now() / 1000;
      if (from === null) {
        if (event.done >= FIRST_STEPS) from = { steps: event.done, at };
      } else if (event.done > from.steps) {
        pace = (at - from.at) / (passesTo(event.done) - passesTo(from.steps));
        if (at - from.at >= MEASURE_SECONDS) stop();
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return signal.aborted ? null : pace;
}

/** @param pace seconds per image pass @returns seconds */
export function estimatedSeconds(config: StudyConfig, model: LoadedBackbone, task: Task, pace: number): number {
  const source = trainingSource(config, planPopulations(config, model, task), null);
  const testImages = Math.min(task.test.count, config.analyses.testImages ?? Infinity);
  const { passes, algebra } = sum(Object.values(studyWork(config, workSizes(config, source, task, testImages))));
  const runs = config.arms.length * config.seeds.length;
  const validations = validationPasses(config, task, runs, config.training.steps);
  return START_SECONDS + pace * (passes + validations) + algebra;
}
