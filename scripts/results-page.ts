/** docs/results.md: what the default study found, written from its result so that no number is copied by hand. */
import { mean, pairedDifference, standardError } from '../src/core/statistics.ts';
import type { StudyResult } from '../src/study/result.ts';
import { measuresOf, type Measure } from './measures.ts';

const points = (value: number): string => (100 * value).toFixed(1);
const withError = (values: readonly number[]): string =>
  values.length === 0 ? '–' : `${points(mean(values))} ± ${values.length > 1 ? points(standardError(values)) : '–'}`;

interface Compared {
  readonly measure: Measure;
  readonly n: number;
  readonly baseline: string;
  readonly other: string;
  readonly difference: string;
  /** 'other' or 'baseline' where the 95 % interval of the paired difference excludes 0. */
  readonly winner: 'baseline' | 'other' | null;
}

function compare(measure: Measure, baseline: string, other: string): Compared | null {
  const [a, b] = [measure.values(baseline), measure.values(other)];
  const keys = [...a.keys()].filter((key) => b.has(key));
  if (keys.length === 0) return null;
  const [x, y] = [a, b].map((values) => keys.map((key) => values.get(key)!));
  const { mean: difference, standardError: error, low, high } = pairedDifference(y, x);
  const clear = low > 0 || high < 0;
  const otherIsBetter = difference > 0 !== measure.lowerIsBetter;
  return {
    measure,
    n: keys.length,
    baseline: withError(x),
    other: withError(y),
    difference: `${difference > 0 ? '+' : ''}${points(difference)} ± ${Number.isFinite(error) ? points(error) : '–'}`,
    winner: clear ? (otherIsBetter ? 'other' : 'baseline') : null,
  };
}

/** @param command the command line that produced the result */
export function resultsPage(result: StudyResult, command: string): string {
  const { config, provenance, task } = result;
  const [baseline, other] = config.arms;
  const rows = measuresOf(result).flatMap((measure) => compare(measure, baseline.id, other.id) ?? []);
  const names = (winner: Compared['winner']) =>
    rows.filter((row) => row.winner === winner && !isShare(row)).map((row) => row.measure.name);
  const list = (items: readonly string[]) => (items.length === 0 ? 'nothing' : items.join('; '));
  const { training } = config;
  const { rank, alpha, projections, towers, learningRate, weightDecay } = baseline;
  return `# Results of the default study

Written by \`${command}\` from its own result, which is also the saved result that the page opens with
(\`public/showcase/full.json\`). Nothing here is copied by hand.

- Task: ${task.name}, ${task.classes.length} classes, ${task.train} training, ${task.validation} validation and ${task.test} test images; concepts of the test
  images are in no training image. Chance ${points(task.chance)} %, zero-shot ${task.zeroShot ? points(task.zeroShot.accuracy) : '–'} %.
- Arms: ${baseline.name} and ${other.name}, rank ${rank}, α ${alpha}, on ${projections.join(', ')} of every layer (${towers.join(' and ')}); ${training.steps} steps of batch
  ${training.batchSize}, AdamW, learning rate ${learningRate}, ${training.learningRateSchedule}, weight decay ${weightDecay}${training.augment ? ', with augmentation' : ''}. ${other.name}: p rises from ${other.p0} to 1
  over ${points(other.rampFraction)} % of the steps (${other.schedule}), one draw per ${other.granularity}; an empty draw switches on one at random.
- Seeds: ${config.seeds.join(', ')}. Both arms see the same initial factors, images and augmentation for equal seeds.
- ${provenance.date.slice(0, 10)}, ${provenance.device}, ${Math.round(provenance.seconds)} s, version ${provenance.appVersion}.

All numbers are per cent or percentage points: mean ± standard error over seeds (or over pairs of seeds, which share runs and are
therefore not independent). The difference is paired by seed or pair; **bold** marks differences whose 95 % interval excludes 0. The accuracy of one run has
a sampling error of about ${points(Math.sqrt(0.25 / task.test))} points from the choice of test images, common to both arms.

| measure | over | ${baseline.name} | ${other.name} | difference |
| --- | --- | --- | --- | --- |
${rows
  .map(({ measure, n, baseline: a, other: b, difference, winner }) => {
    const shown = winner ? `**${difference}**` : difference;
    return `| ${measure.name} | ${n} ${measure.unit === 'seed' ? 'seeds' : 'pairs'} | ${a} | ${b} | ${shown} |`;
  })
  .join('\n')}

## Reading

- ${other.name} is clearly better in: ${list(names('other'))}.
- ${baseline.name} is clearly better in: ${list(names('baseline'))}.
- No clear difference in: ${list(names(null))}.

Retained gain is measured against each arm's own accuracy with everything on, so an arm that learned less can retain more of it; the
midpoint accuracies compare directly. The product path interpolates ΔW instead of the factors. This is a small model on small pictures: expect the
direction of the papers' findings, not their numbers.
`;
}

/** The Shapley share describes a distribution; neither side of it is better. */
function isShare(row: Compared): boolean {
  return row.measure.name.startsWith('share of Shapley');
}
