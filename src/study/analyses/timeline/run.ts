/** Tests every run, with everything and with every other layer on, and the factor path between every two seeds, at steps of the training. */
import { factorPath, lambdas } from '../../../copra/landscape.ts';
import { EVERY_OTHER, masksNamed } from '../../../copra/pruning/kept.ts';
import { structuredMasks } from '../../../copra/pruning/structured.ts';
import { allGates, type AdapterLayout } from '../../../core/adapter-layout.ts';
import { reportPhase, scoreVariants, withEvaluator, type StudyContext, type TrainedRun } from '../../run/context.ts';
import { isOf, isPairOf } from '../../result/run-names.ts';
import { timelineSteps } from '../../run/training/snapshots.ts';
import { found } from '../../result/result-parts.ts';
import type { Scene } from '../analysis.ts';
import type { RunPair } from '../../run/run-pairs.ts';
import type { TimelineResult } from './result.ts';

/** The halves of a run's layers, as pruning has them. */
const halfMasks = (layout: AdapterLayout) => masksNamed(structuredMasks(layout), EVERY_OTHER);

/** An adapter after so many steps. */
interface Kept {
  readonly step: number;
  readonly adapter: Float32Array;
}

/** The adapters of a run that the figure shows, the trained one last. None if those from during training are gone. */
function keptOf({ snapshots = [], adapter, takenAt }: TrainedRun, wanted: readonly number[], last: number): Kept[] {
  const passed = snapshots.filter(({ step }) => wanted.includes(step));
  return passed.length > 0 ? [...passed, { step: takenAt ?? last, adapter }] : [];
}

/** Both adapters at every step that both runs passed, then the trained ones, though one may be taken earlier than the other. */
function keptOfBoth(a: readonly Kept[], b: readonly Kept[]): (readonly [Kept, Kept])[] {
  const [first, second] = [a.at(-1), b.at(-1)];
  if (!first || !second) return [];
  const passed = a.slice(0, -1).flatMap((one): (readonly [Kept, Kept])[] => {
    const other = b.slice(0, -1).find(({ step }) => step === one.step);
    return other ? [[one, other]] : [];
  });
  return [...passed, [first, second]];
}

/** Everything on, then both halves, at every step. */
async function testRun(
  context: StudyContext,
  run: TrainedRun,
  kept: readonly Kept[],
  onShare: (share: number) => void,
): Promise<TimelineResult['runs'][number]> {
  const { layout, scale, arm, seed } = run;
  const { test } = context;
  const masks = halfMasks(layout);
  const gates = [allGates(layout), ...masks.map((mask) => mask.gates)];
  const variants = gates.flatMap((gate) => kept.map(({ adapter }) => ({ adapter, gates: gate })));
  const { accuracy, correct } = await withEvaluator(context, layout, scale, test, (evaluator, set) =>
    scoreVariants(context, evaluator, set, test.labels, variants, onShare),
  );
  const under = (mask: number) => {
    const [from, to] = [mask * kept.length, (mask + 1) * kept.length];
    return { accuracy: accuracy.slice(from, to), correct: correct.slice(from, to) };
  };
  return {
    arm: arm.id,
    seed,
    steps: kept.map(({ step }) => step),
    ...under(0),
    halves: EVERY_OTHER.flatMap((label) => {
      const mask = masks.findIndex((one) => one.label === label);
      return mask < 0 ? [] : [{ label, ...under(1 + mask) }];
    }),
  };
}

/** The points between two runs at every step that both have, and at their ends. */
async function testPair(
  context: StudyContext,
  [first, second]: RunPair,
  kept: readonly (readonly [Kept, Kept])[],
  at: readonly number[],
  onShare: (share: number) => void,
): Promise<TimelineResult['pairs'][number]> {
  const { layout, scale, arm } = first;
  const { test } = context;
  const gates = allGates(layout);
  const variants = kept.flatMap(([a, b]) =>
    at.map((lambda) => ({ adapter: factorPath(a.adapter, b.adapter, lambda), gates })),
  );
  const { accuracy, correct } = await withEvaluator(context, layout, scale, test, (evaluator, set) =>
    scoreVariants(context, evaluator, set, test.labels, variants, onShare),
  );
  const steps = kept.map(([one, other]) => Math.max(one.step, other.step));
  return { arm: arm.id, seeds: [first.seed, second.seed], steps, lambdas: [...at], accuracy, correct };
}

export async function runTimeline(
  context: StudyContext,
  { source, runs, tellNotFollowed }: Pick<Scene, 'source' | 'runs' | 'tellNotFollowed'>,
): Promise<void> {
  const { config, known, emit } = context;
  const settings = config.analyses.timeline;
  if (!settings) return;
  const wanted = timelineSteps(config, settings.steps);
  const last = config.training.steps;
  const at = lambdas(settings.points).slice(1, -1);
  const already = known?.timeline;
  const newRuns = runs.filter((run) => !already?.runs.some((entry) => isOf(entry, run)));
  const newPairs = source
    .pairs(runs)
    .flat()
    .filter((pair) => !already?.pairs.some((entry) => isPairOf(entry, pair)));
  const runJobs = newRuns
    .map((run) => ({ run, kept: keptOf(run, wanted, last) }))
    .filter(({ kept }) => kept.length > 0);
  const pairJobs = newPairs
    .map((pair) => {
      const [a, b] = pair.map((run) => keptOf(run, wanted, last));
      return { pair, kept: keptOfBoth(a, b) };
    })
    .filter(({ kept }) => kept.length > 0);
  if (runJobs.length < newRuns.length || pairJobs.length < newPairs.length) tellNotFollowed();
  const weightOf = ({ layout }: TrainedRun, steps: number) => steps * (1 + halfMasks(layout).length);
  const total =
    runJobs.reduce((sum, { run, kept }) => sum + weightOf(run, kept.length), 0) +
    pairJobs.reduce((sum, { kept }) => sum + kept.length * at.length, 0);
  let done = 0;
  /** Reports the shares of a part of the work, which counts tested adapters. */
  const part = (work: number): ((share: number) => void) => {
    const from = done;
    done += work;
    return (share) => reportPhase(context, 'timeline', (from + share * work) / total);
  };
  for (const { run, kept } of runJobs) {
    await context.checkpoint();
    const entry = await testRun(context, run, kept, part(weightOf(run, kept.length)));
    emit(found('timeline', { runs: [entry], pairs: [] }));
  }
  for (const { pair, kept } of pairJobs) {
    await context.checkpoint();
    const entry = await testPair(context, pair, kept, at, part(kept.length * at.length));
    emit(found('timeline', { runs: [], pairs: [entry] }));
  }
}
