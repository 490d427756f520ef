/** What is decided before a study begins: what it is tested on, with which kernels it is computed, and how its trainings fit the memory. */
import { denseMotifs } from '../../core/clusters.ts';
import type { Task } from '../../data/task.ts';
import type { KindOfSteps, Objective } from '../../engine/engine.ts';
import { chooseKernels, type Begun, type StudyKernels } from '../kernels/study-kernels.ts';
import { fitsAnswers, packLabels } from '../predictions/answers.ts';
import { haveOtherPixels, imageDigests } from '../result/image-digests.ts';
import { checkTested } from '../result/known-study.ts';
import { NOTHING_FOUND, type StudyResult } from '../result/result.ts';
import { checkInputs } from './check-inputs.ts';
import { patchifyImages, type Patchified } from './images.ts';
import { shortageText, type FittedTraining } from './memory.ts';
import {
  alikeNotices,
  longestPrompt,
  prepareObjective,
  testedStudy,
  tokenised,
  type ClassTokens,
} from './objective.ts';
import { provenanceOf } from './provenance.ts';
import type { RunSource } from './run-source.ts';
import type { StudyInputs } from './study-inputs.ts';
import { VALIDATION_IMAGES } from './training/validation.ts';
import { STUDY_NOTICES } from './words.ts';

export interface PreparedStudy {
  /** Its test images are those that adapters are tested on. */
  readonly task: Task;
  readonly test: Patchified;
  readonly objective: Objective;
  readonly source: RunSource;
  readonly trainings: readonly FittedTraining[];
  /** For which the device prepares. */
  readonly steps: readonly KindOfSteps[];
  readonly kernels: StudyKernels;
  readonly provenance: ReturnType<typeof provenanceOf>;
  /** The result before anything is found. */
  readonly empty: StudyResult;
  /** What the reader has to know before it starts. */
  readonly notices: readonly string[];
}

/**
 * @param sourceOf called once the inputs are known to fit together
 * @throws RangeError when the inputs do not fit together
 */
export async function prepareStudy(inputs: StudyInputs, sourceOf: () => RunSource): Promise<PreparedStudy> {
  checkInputs(inputs);
  const { config, engine, model, known, testedOn = 'test' } = inputs;
  const task = { ...inputs.task, test: inputs.task[testedOn] };
  const prompts = tokenised(config, model, task);
  const chosen = await chooseKernels(engine, inputs.kernels ?? null, begunOf(inputs), {
    precision: inputs.precision ?? 'f32',
    backbone: model.backbone,
    study: testedStudy(config, model.backbone, task, prompts),
    batchSize: config.training.batchSize,
  });
  const objective = await prepareObjective(config, engine, model, task, chosen.precision, prompts);
  const test = patchifyImages(task.test, model, config.analyses.testImages);
  const described = describeTask(task, test, longestPrompt(objective, model.backbone));
  if (known) checkTested(described, known);
  const source = sourceOf();
  const trainings = source.fit(engine, objective, { chosenBytes: inputs.memoryBytes, task });
  const steps = source.steps(trainings);
  const kernels = await chosen.provenIn(steps);
  const provenance = provenanceOf(inputs, kernels);
  const empty: StudyResult = {
    version: 1,
    config,
    provenance: provenance.atStart,
    task: described,
    ...NOTHING_FOUND,
    status: 'running',
  };
  const notices = noticesOf(inputs, empty, trainings, kernels, prompts);
  return { task, test, objective, source, trainings, steps, kernels, provenance, empty, notices };
}

/** What a result says of its task. */
const describeTask = (task: Task, test: Patchified, promptTokens: number | null): StudyResult['task'] => ({
  name: task.name,
  classes: [...task.classes],
  train: task.train.count,
  validation: Math.min(task.validation.count, VALIDATION_IMAGES),
  test: test.count,
  chance: 1 / task.classes.length,
  zeroShot: null,
  ...(fitsAnswers(task) && { labels: packLabels(test.labels) }),
  ...(test.motifs && { motifs: denseMotifs(test.motifs) }),
  ...(task.id === 'dropped' && imageDigests(task, test)),
  ...(promptTokens !== null && { promptTokens }),
});

/** What a continued study goes on with. Seeds that are added may have other kernels, and not another precision. */
function begunOf({ resume, known }: Pick<StudyInputs, 'resume' | 'known'>): Begun {
  if (resume) return { kernels: resume.head.kernels ?? {}, precision: resume.head.precision ?? 'f32' };
  if (!known) return { kernels: null, precision: null };
  const { precision = 'f32' } = known.result.provenance;
  return { kernels: null, precision: precision === 'mixed' ? null : precision };
}

/** What the reader has to know before it starts. @param empty the result before anything is found */
function noticesOf(
  { engine, known, resume, simulates }: StudyInputs,
  empty: StudyResult,
  trainings: readonly FittedTraining[],
  kernels: StudyKernels,
  prompts: ClassTokens | null,
): string[] {
  const { device, backend } = engine.info;
  // Results repeat bit for bit only on the device that computed them.
  const isElsewhere = resume && (resume.head.backend !== backend || resume.head.device !== device);
  return [
    shortageText(trainings),
    kernels.notice,
    known && haveOtherPixels(empty, known.result) ? STUDY_NOTICES.otherPixels : null,
    ...alikeNotices(prompts),
    isElsewhere ? STUDY_NOTICES.otherDevice(resume.head.device, device) : null,
    // The reader wants it: the result is not that of the class.
    resume?.head.byClass && simulates ? STUDY_NOTICES.simulatedNow : null,
  ].filter((notice) => notice !== null);
}
