/** Every arm as a point: accuracy with everything on against what else it is worth, with the line of those that no other beats. */
import { frontier } from '../../../copra/frontier.ts';
import { frontierReading } from '../../../copra/readings/frontier.ts';
import { summariseArm, type Spread } from '../../../state/summary/summary.ts';
import { sweepOf } from '../../../study/config/sweep.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, Mark } from '../../charts/figure.ts';
import { paddedRange } from '../../charts/ranges.ts';
import { percentSpread } from '../../format.ts';
import { testedImages } from '../figure-meta.ts';

export const FRONTIER_MEASURES = [
  {
    id: 'retainedHalf',
    name: 'Gain kept',
    axis: 'half the layers: gain kept, % (better ↑)',
    words: 'gain kept with every other layer on',
  },
  {
    id: 'midpointFactor',
    name: 'Midpoint',
    axis: 'midpoint of two seeds, % (better ↑)',
    words: 'accuracy half-way between two seeds',
  },
] as const;
export type FrontierMeasure = (typeof FRONTIER_MEASURES)[number];

interface Place {
  readonly arm: string;
  readonly name: string;
  readonly accuracy: Spread;
  readonly other: Spread;
}

/** Arms of which both are known, in order. */
const placesOf = (result: StudyResult, { id }: FrontierMeasure): Place[] =>
  result.config.arms.flatMap(({ id: arm, name }) => {
    const summary = summariseArm(result, arm);
    const { testAccuracy: accuracy } = summary;
    const other = summary[id];
    return accuracy && other ? [{ arm, name, accuracy, other }] : [];
  });

/** Those that no other beats in both, from the most accurate on. */
const best = (places: readonly Place[]): Place[] =>
  frontier(places.map(({ accuracy, other }) => [accuracy.mean, other.mean]))
    .map((place) => places[place])
    .toSorted((a, b) => b.accuracy.mean - a.accuracy.mean);

/** In a sweep, the arms of a method in the order of its values, joined by a thin line: points alone would not tell the values apart. */
function sweepLines(result: StudyResult, places: readonly Place[]): Mark[] {
  const { arms } = result.config;
  const styles = armStyles(arms);
  return (sweepOf({ arms })?.methods ?? []).flatMap((method): Mark[] => {
    const own = method.arms.flatMap(({ id }) => places.filter(({ arm }) => arm === id));
    const style = styles.get(method.arms[0].id);
    if (!style || own.length < 2) return [];
    return [
      {
        kind: 'line',
        name: `${method.name}, by value`,
        x: own.map(({ accuracy }) => 100 * accuracy.mean),
        y: own.map(({ other }) => 100 * other.mean),
        colour: style.token,
        width: 1,
        dash: style.dash,
        reading: (i) => own[i].name,
      },
    ];
  });
}

export function frontierPlot(result: StudyResult, measure: FrontierMeasure): BuildFigure | null {
  const places = placesOf(result, measure);
  if (places.length === 0) return null;
  const styles = armStyles(result.config.arms);
  const [x, y] = (['accuracy', 'other'] as const).map((key) => places.map((place) => 100 * place[key].mean));
  const line = best(places);
  const marks: Mark[] = [
    {
      kind: 'line',
      name: 'not beaten in both',
      x: line.map(({ accuracy }) => 100 * accuracy.mean),
      y: line.map(({ other }) => 100 * other.mean),
      colour: '--reference',
      width: 1.5,
      dash: 'dot',
      reading: (i) => `${line[i].name} is not beaten in both`,
    },
    ...sweepLines(result, places),
    ...places.flatMap(({ arm, name, accuracy, other }, i): Mark[] => {
      const style = styles.get(arm);
      return style
        ? [
            {
              kind: 'points',
              name,
              points: [{ x: x[i], y: y[i], shape: style.marker, size: 11, colour: style.token }],
              edge: { colour: '--surface', width: 1 },
              reading: () =>
                `${name}: accuracy ${percentSpread(accuracy)} %, ${measure.words} ${percentSpread(other)} %`,
            },
          ]
        : [];
    }),
  ];
  return () => ({
    margin: { left: 50, right: 12, top: 12, bottom: 42 },
    pointer: 'nearest',
    panels: [
      {
        x: {
          kind: 'linear',
          title: 'everything on: test accuracy, % (better →)',
          range: paddedRange(x, 0.1) ?? [0, 100],
          ticks: { count: 5 },
        },
        y: { kind: 'linear', title: measure.axis, range: paddedRange(y, 0.1) ?? [0, 100], ticks: { count: 5 } },
        marks,
      },
    ],
  });
}

export function frontierCaption(result: StudyResult, measure: FrontierMeasure): string {
  const places = placesOf(result, measure);
  if (places.length === 0) return '';
  return frontierReading({
    measure: measure.words,
    arms: places.length,
    onFrontier: best(places).map(({ name }) => name),
    seeds: Math.max(...places.map(({ accuracy }) => accuracy.n)),
    images: testedImages(result),
  });
}

/** All measures at once: mean ± standard deviation over seeds or pairs. */
export function frontierTable(result: StudyResult): TableData {
  const lines = FRONTIER_MEASURES.map((measure) => new Set(best(placesOf(result, measure)).map(({ arm }) => arm)));
  return {
    head: [
      ...['Arm', 'Everything on, %'],
      ...FRONTIER_MEASURES.flatMap(({ name }) => [`${name}, %`, `Not beaten in accuracy and ${name.toLowerCase()}`]),
    ],
    rows: result.config.arms.map(({ id, name }) => {
      const summary = summariseArm(result, id);
      return [
        name,
        percentSpread(summary.testAccuracy),
        ...FRONTIER_MEASURES.flatMap((measure, i) => [
          percentSpread(summary[measure.id]),
          lines[i].has(id) ? 'yes' : '–',
        ]),
      ];
    }),
  };
}
