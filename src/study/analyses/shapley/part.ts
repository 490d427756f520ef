import { pairCount } from '../../../core/pairs.ts';
import { without } from '../../../core/without.ts';
import { areMotifsOf } from '../../result/motifs.ts';
import { perRun, runName, type Lengths, type ResultPart } from '../../result/result-part.ts';
import { RESULT_CHECKS } from '../../result/words.ts';
import { analysedPlaces, perImageAt } from './per-image.ts';
import type { EveryCoalition, ShapleyResult } from './result.ts';

function lengthsOf(run: ShapleyResult, { interactions, bestMasks, ...sets }: EveryCoalition): Lengths[] {
  const players = run.players.length;
  const { accuracy, accuracyError, loss, lossError } = interactions;
  const scores = [sets.first, sets.last, sets.best, sets.mean].flatMap((of) => [of.accuracy.length, of.loss.length]);
  return [
    [
      'shapley.everyCoalition.interactions',
      runName(run),
      pairCount(players),
      ...[accuracy, accuracyError, loss, lossError].map(({ length }) => length),
    ],
    ['shapley.everyCoalition', runName(run), players + 1, bestMasks.length, ...scores],
  ];
}

const withoutImages = ({ interactions, ...others }: EveryCoalition): EveryCoalition => ({
  ...others,
  interactions: without(interactions, 'meanByImage'),
});

const withoutInfluences = (run: ShapleyResult): ShapleyResult => ({
  ...without(run, 'topThirdInfluence'),
  ...(run.everyCoalition && { everyCoalition: withoutImages(run.everyCoalition) }),
});

const PER_RUN = perRun<ShapleyResult>(
  'shapley',
  (run) => {
    const { coalitionError, evolution = [], everyCoalition } = run;
    const lists = [run, ...evolution].flatMap((at) => [
      at.accuracy.length,
      at.accuracyError.length,
      at.loss.length,
      at.lossError.length,
    ]);
    const errors = coalitionError ? [coalitionError.accuracy.length, coalitionError.loss.length] : [];
    return [
      ['shapley', runName(run), run.players.length, ...lists, ...errors],
      ...(everyCoalition ? lengthsOf(run, everyCoalition) : []),
    ];
  },
  (run) => without(without(withoutInfluences(run), 'perImage'), 'withoutOne'),
  (run, { places }) => {
    const bare = withoutInfluences(run);
    const every = Array.from({ length: run.images }, (_, i) => i);
    // A result that keeps some images already has no values of the others.
    const perImage = perImageAt(run, every, analysedPlaces(run, places)) ?? run.perImage;
    return { ...without(bare, 'perImage'), ...(perImage && { perImage }) };
  },
);

export const SHAPLEY_PART: ResultPart<ShapleyResult[]> = {
  ...PER_RUN,
  contradiction(runs, { task }) {
    const wrong = runs.find(({ images }) => images > task.test);
    if (wrong) return RESULT_CHECKS.shapleyImages(runName(wrong));
    const areOfRuns = runs.every(({ motifs, images }) => motifs === undefined || areMotifsOf(motifs, images));
    return areOfRuns ? null : RESULT_CHECKS.motifs;
  },
};
