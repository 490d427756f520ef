/** What the search for a schedule found, for docs/results.md. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { counted } from '../../src/core/counted.ts';
import { listed } from '../../src/core/listed.ts';
import { hundredths, signedPoints, signedPointsEnd } from '../../src/core/number-format.ts';
import { testImages } from '../../src/study/readings/words.ts';
import { pointsOf, roundsOf, takenName, verdictText } from '../../src/state/search/search-points.ts';
import { readSearch } from '../../src/study/schedules/read-search.ts';
import { REGIMES, savedSearchFile, type Regime } from '../../src/study/schedules/regimes.ts';
import {
  JUDGED,
  type Confirmed,
  type ReferenceDifference,
  type ScheduleSearch,
} from '../../src/study/schedules/schedule-search.ts';
import { markdownTable } from '../markdown-table.ts';
import { ownMotifsSentence } from './own-motifs.ts';

const marginText = (margin: number): string => (Number.isFinite(margin) ? signedPoints(margin) : '–');

/** Everything of the last rung, best first. */
function rungTable(search: ScheduleSearch): string {
  const last = roundsOf(search).findLast(({ isTest }) => !isTest);
  const rows = (last ? pointsOf(search, last) : []).map(({ name, values, margin }) => [
    name,
    ...JUDGED.map((judged) => hundredths(values[judged])),
    marginText(margin),
  ]);
  return markdownTable(
    ['', 'everything on, %', 'half the layers: gain kept, %', 'midpoint, %', 'margin, points'],
    rows,
  );
}

/** "+1.2 (+0.3 to +2.1)", strong where the interval leaves out 0. */
function differenceText({ mean, low, high }: ReferenceDifference): string {
  if (low === null || high === null) return `${signedPoints(mean)} (too few seeds to say)`;
  const text = `${signedPoints(mean)} (${signedPointsEnd(low)} to ${signedPointsEnd(high)})`;
  return low > 0 || high < 0 ? `**${text}**` : text;
}

function confirmedText(
  search: ScheduleSearch,
  { steps, seeds, images, motifs, differences, winner }: Confirmed,
): string {
  const rows = search.references.map((reference) => [
    takenName(search, { candidate: reference, take: 'last' }),
    ...JUDGED.map((measure) => {
      const difference = differences.find((one) => one.measure === measure && one.reference === reference);
      return difference ? differenceText(difference) : '–';
    }),
  ]);
  return `The winner, tested once on ${testImages({ images, motifs: motifs ?? null })} after ${counted(steps, 'step')} with the fresh seeds ${seeds.join(', ')}: ${verdictText(search)} Winner − reference in points, with 95 % intervals over seeds and images.${motifs === undefined ? ownMotifsSentence('This test') : ''}

${markdownTable([`${takenName(search, winner)} −`, 'everything on', 'half the layers: gain kept', 'midpoint'], rows)}`;
}

/** What was tried in a regime, and how the winner did; empty before anything was tried. */
export function scheduleText(regime: Regime, search: ScheduleSearch): string {
  if (search.rungs.length === 0) return '';
  const course = search.rungs.map(
    ({ steps, seeds, images, tried }) =>
      `${counted(new Set(tried.map(({ candidate }) => candidate)).size, 'candidate')} for ${counted(steps, 'step')} with ${counted(seeds.length, 'seed')} on ${counted(images, 'image')}`,
  );
  return `### ${regime.name}: the schedules

Successive halving on validation images: ${course.join('; ')}. Seeds ${[...new Set(search.rungs.flatMap(({ seeds }) => seeds))].join(', ')} are in no saved study. Means over seeds or pairs of seeds after the last of these:

${rungTable(search)}

${search.confirmed ? confirmedText(search, search.confirmed) : verdictText(search)}

Every round as points: \`?search=${regime.id}\`.`;
}

interface SavedSearch {
  readonly regime: Regime;
  readonly search: ScheduleSearch;
}

const savedSearches = (): SavedSearch[] =>
  REGIMES.filter(({ saved }) => saved).map((regime) => ({
    regime,
    search: readSearch(JSON.parse(readFileSync(path.join('public', savedSearchFile(regime)), 'utf8'))),
  }));

/** What the tests of searches decide, for the head of the page of results; empty before any is done. */
export function scheduleSummary(searches: readonly SavedSearch[] = savedSearches()): string {
  const tested = searches.filter(({ search }) => search.confirmed);
  if (tested.length === 0) return '';
  const decided = tested.map(({ regime, search }) => `**${regime.name}**: ${verdictText(search)}`);
  return `
Is there a schedule that has both, LoRA's accuracy and what CopRA keeps? It was [searched for](#a-better-schedule). ${decided.join(' ')}
`;
}

/** A section of the page of results; empty before anything was searched. */
export function scheduleSection(searches: readonly SavedSearch[] = savedSearches()): string {
  const texts = searches.map(({ regime, search }) => scheduleText(regime, search));
  if (texts.length === 0) return '';
  return `## A better schedule?

Is there a way of training with LoRA's accuracy and CopRA's connectivity and pruning? Searched were the length of the ramp, p₀, its shape, a higher learning rate, a rate divided by the share of active layers, ramps that end later or sooner for deep
layers (which earn most of the Shapley values, so that switching them off for longer is dropping by value), branches divided by p, dropping at one rate with plain LoRA at the end (no ramp), and dropping at one rate throughout; each also as the mean of its last adapters. The margin says how far one lies above the best
of ${listed(['LoRA', 'CopRA', 'both at the higher rate'])} in the measure in which it does worst, in points of accuracy: from 0 on it is on or above all of them. The winner has both if the test with fresh seeds finds it clearly below none of them in any measure, and clearly
above each of them in at least one; only then does the page offer it as a method. This rule was fixed before the test.

${texts.join('\n\n')}

`;
}
