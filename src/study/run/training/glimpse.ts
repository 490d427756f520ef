/**
 * Looks at runs that still train: their answers to a few test pictures, and a coarse path between two seeds. Nobody learns from it, no random number is drawn
 * for it, and it is not part of a result: a watched study ends as an unwatched one, bit for bit.
 */
import { allGates } from '../../../core/adapter-layout.ts';
import type { Variant } from '../../../engine/engine.ts';
import { PATHS } from '../../analyses/landscape/path-points.ts';
import { scoreVariants, withEvaluator, type StudyContext } from '../context.ts';
import { COARSE, comparesSeeds, PATH, type GlimpsePlan } from '../glimpse-plan.ts';
import { STRIP_PICTURES, type CoarsePath, type Glimpse } from '../../result/glimpse.ts';
import type { PlannedPopulation } from './populations.ts';

/** A population in training, as far as it is looked at. */
interface Watched {
  readonly plan: Pick<PlannedPopulation, 'layout' | 'scale' | 'trainingOf'>;
  readonly runs: readonly {
    readonly planned: { readonly arm: { readonly id: string }; readonly seed: number };
    readonly hasDiverged: boolean;
  }[];
}

/** The runs of an arm that are looked at: its first, and its second where a path between them is wanted. */
interface Look {
  readonly arm: string;
  readonly seeds: readonly number[];
  /** Adapters: one, or the points of the path. */
  readonly points: readonly Float32Array[];
}

function looksAt({ plan, runs }: Watched, adapters: readonly Float32Array[], wanted: readonly number[]): Look[] {
  const arms = [...new Set(runs.map(({ planned }) => planned.arm.id))];
  return arms.flatMap((arm): Look[] => {
    const found = wanted.flatMap((seed) => {
      const i = runs.findIndex(
        ({ planned, hasDiverged }) => planned.arm.id === arm && planned.seed === seed && !hasDiverged,
      );
      return i < 0 ? [] : [{ seed, adapter: adapters[plan.trainingOf[i]] }];
    });
    if (found.at(0)?.seed !== wanted[0]) return [];
    const [first, second] = found;
    const points = second
      ? COARSE.map((lambda) => PATHS[PATH].point(plan.layout, first.adapter, second.adapter, lambda))
      : [first.adapter];
    return [{ arm, seeds: found.map(({ seed }) => seed), points }];
  });
}

/**
 * Looks at the runs of a population as they are.
 * @param adapters [trainings] @param seeds that are trained, in their order
 */
export async function glimpse(
  study: StudyContext,
  { images }: GlimpsePlan,
  population: Watched,
  adapters: readonly Float32Array[],
  seeds: readonly number[],
): Promise<Pick<Glimpse, 'answers' | 'paths'>> {
  const context = { ...study, checkpoint: study.breathe };
  const looks = looksAt(population, adapters, seeds.slice(0, comparesSeeds(study.config) ? 2 : 1));
  if (looks.length === 0) return { answers: [], paths: [] };
  const { layout, scale } = population.plan;
  const gates = allGates(layout);
  const variants = looks.flatMap(({ points }) => points.map((adapter): Variant => ({ adapter, gates })));
  const scores = await withEvaluator(context, layout, scale, images, (evaluator, set) =>
    scoreVariants(context, evaluator, set, images.labels, variants),
  );
  const answers: Glimpse['answers'][number][] = [];
  const paths: CoarsePath[] = [];
  let from = 0;
  for (const {
    arm,
    seeds: [first, second],
    points,
  } of looks) {
    const right = scores.rightOf(from).slice(0, STRIP_PICTURES);
    answers.push({ arm, seed: first, right });
    const accuracy = scores.accuracy.slice(from, from + points.length);
    const loss = scores.loss.slice(from, from + points.length);
    // The last update may have diverged: no loss of its own tells yet.
    if (points.length > 1 && loss.every(Number.isFinite))
      paths.push({ arm, seeds: [first, second], path: PATH, lambdas: COARSE, accuracy, loss });
    from += points.length;
  }
  return { answers, paths };
}
