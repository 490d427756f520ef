/** The test pictures when layers are switched off by hand: from the masks a study tested, or as the worker measured them. */
import { layoutOfLayers, gatesOfPlayers } from '../../core/adapter-layout.ts';
import { structuredMasks } from '../../copra/pruning/structured.ts';
import { promptOf } from '../../data/bundled/tasks.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import { unpackBits } from '../../platform/bits.ts';
import { analysedPlaces } from '../../study/analyses/shapley/per-image.ts';
import { rightWithout } from '../../study/analyses/shapley/without-one.ts';
import { keptPlaces } from '../../study/predictions/answers.ts';
import { rightAt } from '../../study/predictions/right.ts';
import { turnedPictures, type BeforeAfter, type Turned } from '../../study/predictions/turned.ts';
import { pruningsOf } from '../../study/result/of-arm.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { testedImages } from '../../study/result/tested-images.ts';
import { BENCH_IMAGES } from '../../study/run/bench-images.ts';
import type { GateScores, OwnBenchTask } from '../../study/run/gates-bench.ts';
import type { StoredAdapter } from '../adapters/adapters-store.ts';
import { areTestedImages } from '../pictures/drawn-pictures.ts';
import { testSetFor, testSetOf, type TestSet } from '../pictures/own-test-set.ts';
import { playerKey, type towersOf } from './prune-by-hand.ts';

export interface TestedPictures {
  /** [pictures]: places among the tested images. */
  readonly places: readonly number[];
  readonly runs: readonly {
    readonly arm: string;
    /** [pictures]: 1 where the answer is right, with every layer on and with some off. */
    readonly full: Uint8Array;
    readonly gated: Uint8Array;
  }[];
}

/** Pictures under a mask that a study tested: all, none, halves, thirds, one tower, every layer but one. Null for other sets of layers, and where its answers are not kept. */
export function testedPictures(
  result: StudyResult,
  towers: ReturnType<typeof towersOf>,
  off: ReadonlySet<string>,
): TestedPictures | null {
  if (towers.length === 0) return null; // The layers are not known yet.
  const count = (tower: 'vision' | 'text'): number => towers.find((own) => own.tower === tower)?.players.length ?? 0;
  const layers = { vision: count('vision'), text: count('text') };
  const tested = testedImages(result);
  const places = keptPlaces(result);
  const runs = result.config.arms.flatMap((arm) => {
    const layout = layoutOfLayers(layers, arm);
    const gates = gatesOfPlayers(
      layout,
      layout.players.map((player) => (off.has(playerKey(player)) ? 0 : 1)),
    ).join();
    const label = structuredMasks(layout).find((mask) => mask.gates.join() === gates)?.label;
    return pruningsOf(result, arm.id).map(({ structured }) => {
      const of = (name: string | undefined) => structured.find((mask) => mask.label === name);
      const [whole, some] = [of('all'), of(label)];
      const full = whole && rightAt(whole, tested, places);
      const gated = some && rightAt(some, tested, places);
      return full && gated ? { arm: arm.id, full, gated } : null;
    });
  });
  const known = runs.flatMap((run) => run ?? []);
  if (known.length > 0 && known.length === runs.length) return { places, runs: known };
  return off.size === 1 ? withoutOneLayer(result, [...off][0]) : null;
}

/** Pictures without a single layer, from the coalitions of an exact Shapley analysis: the first of the test images. */
function withoutOneLayer(result: StudyResult, layer: string): TestedPictures | null {
  const [first] = result.shapley;
  if (!first) return null;
  const places = analysedPlaces(first, keptPlaces(result));
  const runs = result.shapley.flatMap((run) => {
    const player = run.players.findIndex((one) => playerKey(one) === layer);
    const right = player < 0 || run.images !== first.images ? null : rightWithout(run, player);
    const at = (row: Uint8Array): Uint8Array => Uint8Array.from(places, (place) => row[place]);
    return right ? [{ arm: run.arm, full: at(right.full), gated: at(right.without) }] : [];
  });
  return runs.length > 0 && places.length > 0 ? { places, runs } : null;
}

/** The own images that a result was tested on, as many as are asked about; null where they are not at hand. @param kept with studies */
export function ownBenchTask(
  result: Pick<StudyResult, 'task'>,
  dataset: DroppedDataset | null,
  kept: readonly TestSet[],
): OwnBenchTask | null {
  const { classes } = result.task;
  const here = dataset && areTestedImages(result, dataset) ? dataset : null;
  const own = testSetFor(result, kept) ?? (here && testSetOf(here, result.task.test));
  if (!own) return null;
  const labels = own.labels.slice(0, BENCH_IMAGES);
  const count = labels.length;
  const pixels = own.pixels.slice(0, count * own.imageSize ** 2 * 3);
  return { digest: own.digest, task: { classes, prompts: classes.map(promptOf), test: { count, pixels, labels } } };
}

/** Pictures as the worker tested them: the first of the test images. */
export function measuredPictures(adapters: readonly StoredAdapter[], { images, scores }: GateScores): TestedPictures {
  const bits = (text: string): Uint8Array => unpackBits(text, images, 'A list of answers');
  return {
    places: Array.from({ length: images }, (_, i) => i),
    runs: adapters.map(({ armId }, i) => ({
      arm: armId,
      full: bits(scores[i].right.full),
      gated: bits(scores[i].right.gated),
    })),
  };
}

interface HandTurned {
  /** Number of runs of the arm. */
  readonly runs: number;
  /** Right with every layer on and wrong now, in some run; and the other way round. */
  readonly lost: readonly Turned[];
  readonly won: readonly Turned[];
}

export function handTurned({ places, runs }: TestedPictures, arm: string): HandTurned {
  const own = runs
    .filter((run) => run.arm === arm)
    .map(({ full, gated }): BeforeAfter => ({
      before: (i) => (full[i] ? 1 : 0),
      after: (i) => (gated[i] ? 1 : 0),
    }));
  return {
    runs: own.length,
    lost: turnedPictures(own, places.length, 1),
    won: turnedPictures(own, places.length, 0),
  };
}
