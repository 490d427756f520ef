/** What the search for a schedule found, for docs/results.md. */
import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { counted } from '../../src/core/counted.ts';
import { listed } from '../../src/core/listed.ts';
import { hundredths, signedPoints } from '../../src/core/number-format.ts';
import { mean } from '../../src/core/statistics.ts';
import { markdownTable } from '../markdown-table.ts';
import type { Regime } from './schedule-regimes.ts';
import {
  marginOf,
  REGIMES,
  ScheduleSearchSchema,
  searchFile,
  type Rung,
  type ScheduleSearch,
  type Tried,
} from './schedule-search.ts';

type Named = Pick<Tried, 'candidate' | 'take'>;

const nameOf = ({ candidates }: ScheduleSearch, { candidate, take }: Named): string => {
  const name = candidates.find(({ id }) => id === candidate)?.name ?? candidate;
  return take === 'average' ? `${name}, mean of the last` : name;
};

const cell = (values: readonly number[]): string => (values.length > 0 ? hundredths(mean(values)) : '–');
const marginText = (margin: number): string => (Number.isFinite(margin) ? signedPoints(margin) : '–');

/** Everything of a rung, best first. */
function rungTable(search: ScheduleSearch, rung: Rung): string {
  const rows = rung.tried
    .map((tried) => ({ tried, margin: marginOf(rung, tried) }))
    .toSorted((a, b) => (a.margin === b.margin ? 0 : b.margin - a.margin))
    .map(({ tried, margin }) => [
      nameOf(search, tried),
      cell(tried.accuracy),
      cell(tried.kept),
      cell(tried.midpoint),
      marginText(margin),
    ]);
  return markdownTable(
    ['', 'everything on, %', 'half the layers: gain kept, %', 'midpoint, %', 'margin, points'],
    rows,
  );
}

const MEASURE_NAMES = { accuracy: 'accuracy', kept: 'gain kept', midpoint: 'midpoint' } as const;

type Confirmed = NonNullable<ScheduleSearch['confirmed']>;
type Difference = Confirmed['differences'][number];

/** "+1.2 (0.3 to 2.1)", strong where the interval leaves out 0. */
function differenceText({ mean: middle, low, high }: Difference): string {
  if (low === null || high === null) return `${signedPoints(middle)} (too few seeds to say)`;
  const text = `${signedPoints(middle)} (${signedPoints(low)} to ${signedPoints(high)})`;
  return low > 0 || high < 0 ? `**${text}**` : text;
}

/** Whether the winner is clearly below a reference in any measure, and clearly above the rest. */
function verdict(search: ScheduleSearch, { winner, differences }: Confirmed): string {
  const name = nameOf(search, winner);
  const told = (side: (difference: Difference) => boolean): string[] =>
    differences
      .filter(side)
      .map(
        ({ measure, reference }) =>
          `${nameOf(search, { candidate: reference, take: 'last' })} in ${MEASURE_NAMES[measure]}`,
      );
  const below = told(({ high }) => high !== null && high < 0);
  const above = told(({ low }) => low !== null && low > 0);
  const ahead = above.length > 0 ? `It is clearly above ${listed(above)}.` : 'It is clearly above no reference.';
  return below.length > 0
    ? `**${name}** is clearly below ${listed(below)}: no schedule of this search has both. ${ahead}`
    : `**${name}** is clearly below no reference in any of the three. ${ahead}`;
}

function confirmedText(search: ScheduleSearch, confirmed: Confirmed): string {
  const { steps, seeds, images, differences, winner } = confirmed;
  const rows = search.references.map((reference) => [
    nameOf(search, { candidate: reference, take: 'last' }),
    ...(['accuracy', 'kept', 'midpoint'] as const).map((measure) => {
      const difference = differences.find((one) => one.measure === measure && one.reference === reference);
      return difference ? differenceText(difference) : '–';
    }),
  ]);
  return `The winner, tested once on ${counted(images, 'test image')} after ${counted(steps, 'step')} with the fresh seeds ${seeds.join(', ')}: ${verdict(search, confirmed)} Winner − reference in points, with 95 % intervals over seeds and images:

${markdownTable([`${nameOf(search, winner)} −`, 'everything on', 'half the layers: gain kept', 'midpoint'], rows)}`;
}

/** What was tried in a regime, and how the winner did; empty before anything was tried. */
export function scheduleText(regime: Regime, search: ScheduleSearch): string {
  const last = search.rungs.at(-1);
  if (!last) return '';
  const course = search.rungs.map(
    ({ steps, seeds, images, tried }) =>
      `${counted(new Set(tried.map(({ candidate }) => candidate)).size, 'candidate')} for ${counted(steps, 'step')} with ${counted(seeds.length, 'seed')} on ${counted(images, 'image')}`,
  );
  return `### ${regime.name}: the schedules

Successive halving on validation images: ${course.join('; ')}. Seeds ${[...new Set(search.rungs.flatMap(({ seeds }) => seeds))].join(', ')} are reported nowhere else. Means over seeds or pairs of seeds after the last of these:

${rungTable(search, last)}

${search.confirmed ? confirmedText(search, search.confirmed) : 'The winner is not tested yet.'}`;
}

/** A section of the page of results; empty before anything was searched. */
export function scheduleSection(): string {
  const texts = REGIMES.flatMap((regime) => {
    const file = searchFile(regime);
    if (!existsSync(file)) return [];
    return [scheduleText(regime, v.parse(ScheduleSearchSchema, JSON.parse(readFileSync(file, 'utf8'))))];
  });
  if (texts.length === 0) return '';
  return `## A better schedule?

Is there a way of training with LoRA's accuracy and CopRA's connectivity and pruning? Searched were the length of the ramp, p₀, its shape, a higher learning rate, a rate divided by the share of active layers, ramps that end later or sooner for deep
layers (which earn most of the Shapley values, so that switching them off for longer is dropping by value), branches divided by p, and constant dropping; each also as the mean of its last adapters. The margin says how far one lies above the best
of ${listed(['LoRA', 'CopRA', 'both at the higher rate'])} in the measure in which it does worst, in points of accuracy: from 0 on it has both.

${texts.join('\n\n')}

`;
}
