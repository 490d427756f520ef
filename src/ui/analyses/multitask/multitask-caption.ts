/** The sentence under the multi-task figure. */
import { mean } from '../../../core/statistics.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { withoutDora } from '../../results/left-out.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { meanOfKnown, unbrokenPercent } from '../../../study/readings/numbers.ts';
import { countedEach, eachOf, samplingText, sentence } from '../../../study/readings/words.ts';
import type { Drawn } from '../../../core/clusters.ts';
import { tasksError, tasksSample } from '../../../study/result/measures/tasks.ts';
import { MULTITASK_WORDS } from './messages.ts';

interface ArmTasks {
  readonly name: string;
  /** One per seed: mean accuracies over tasks. */
  readonly seeds: readonly {
    readonly single: number;
    readonly ensemble: number;
    /** Null until this merging method has been tested. */
    readonly average: number | null;
    readonly arithmetic: number | null;
    /** Accuracy of the averaged updates with the classes of all tasks as candidates. */
    readonly averageJoint: number | null;
  }[];
}

/**
 * How much of the single adapters' accuracy a merged adapter keeps, for the two plain methods, whose only choice was made on validation
 * images. Values are means over tasks. The better method is not named, because it would be selected on these images.
 * @param images test images of all tasks
 * @param error sampling error of the mean accuracy of the single adapters
 */
export function multitaskReading(
  arms: readonly ArmTasks[],
  tasks: number,
  zeroShot: number,
  images: Drawn,
  error: number,
): string {
  const told = arms.filter(({ seeds }) => seeds.some(({ average }) => average !== null));
  if (told.length === 0) return READING_WORDS.nothingYet;
  const per = (pick: (seed: ArmTasks['seeds'][number]) => number | null): string =>
    eachOf(told.map(({ seeds }) => meanOfKnown(seeds.map(pick))));
  const normalised = (pick: (seed: ArmTasks['seeds'][number]) => number | null): string =>
    eachOf(
      told.map(({ seeds }) => meanOfKnown(seeds.map((seed) => (pick(seed) ?? NaN) / seed.single))),
      0,
    );
  const seeds = countedEach(
    told.map((arm) => arm.seeds.filter(({ average }) => average !== null).length),
    'seed',
  );
  return sentence([
    MULTITASK_WORDS.caption.accuracies(told.map(({ name }) => name).join(' / '), tasks, {
      single: per(({ single }) => single),
      average: per(({ average }) => average),
      ofOwn: normalised(({ average }) => average),
      arithmetic: per(({ arithmetic }) => arithmetic),
      ensemble: per(({ ensemble }) => ensemble),
      none: unbrokenPercent(zeroShot, 1),
    }),
    MULTITASK_WORDS.caption.joint(per(({ averageJoint }) => averageJoint)),
    `${seeds}, ${samplingText(images, error)}`,
  ]);
}

export function multitaskCaption(result: StudyResult): string {
  const { multitask, config } = result;
  const sample = tasksSample(result);
  if (!multitask || !sample || multitask.runs.length === 0) return '';
  const { tasks, zeroShot, runs } = multitask;
  const accuracyOf = (run: (typeof runs)[number], method: string, candidates: 'own' | 'joint'): number | null => {
    const merge = run.merges.find((entry) => entry.method === method && entry.alignment === 'none');
    return merge ? mean(merge[candidates]) : null;
  };
  const reading = multitaskReading(
    config.arms.map(({ id, name }) => ({
      name,
      seeds: runs
        .filter(({ arm }) => arm === id)
        .map((run) => ({
          single: mean(run.single.own),
          ensemble: mean(run.ensemble.own),
          average: accuracyOf(run, 'updates', 'own'),
          arithmetic: accuracyOf(run, 'task-arithmetic', 'own'),
          averageJoint: accuracyOf(run, 'updates', 'joint'),
        })),
    })),
    tasks.length,
    mean(zeroShot.own),
    sample,
    tasksError(
      multitask,
      sample,
      tasks.map((_, task) => mean(runs.map(({ single }) => single.own[task]))),
    ),
  );
  return `${reading} ${withoutDora({ config }, MULTITASK_WORDS.merging)}`.trim();
}
