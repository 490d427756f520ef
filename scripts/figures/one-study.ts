/** The table of docs/lab.md: one study run in several ways, and how far they agree. `npm run lab` measures it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { listed } from '../../src/core/listed.ts';
import { hundredths, MISSING } from '../../src/core/number-format.ts';
import { markdownTable } from '../markdown-table.ts';

export const ONE_STUDY_FILE = path.join('docs', 'lab', 'one-study.json');

const difference = v.nullable(v.number());
const accuracies = v.array(v.number());

/** A way of running the study, compared with the first. */
const RunWaySchema = v.object({
  name: v.string(),
  device: v.string(),
  /** Runs with equal activation tapes, and all runs. */
  gates: v.tuple([v.number(), v.number()]),
  /** Answers to test images, over all runs, that are right in one of the two only, and all answers. */
  answers: v.tuple([v.number(), v.number()]),
  /** Mean accuracy of every arm over its seeds. */
  accuracy: accuracies,
  /** Largest differences; null where there is nothing to compare. */
  testLoss: difference,
  trainingLoss: difference,
  paths: difference,
});
export type RunWay = v.InferOutput<typeof RunWaySchema>;

/** A way that the machine could not go, with the packages of Python that it lacks. */
const MissingWaySchema = v.object({ name: v.string(), lacks: v.array(v.string()) });
export type MissingWay = v.InferOutput<typeof MissingWaySchema>;

const OneStudySchema = v.object({
  steps: v.number(),
  seeds: v.number(),
  /** Tested images. */
  images: v.number(),
  /** Names of the arms. */
  arms: v.array(v.string()),
  first: v.object({ name: v.string(), device: v.string(), accuracy: accuracies }),
  ways: v.array(v.union([RunWaySchema, MissingWaySchema])),
});
export type OneStudy = v.InferOutput<typeof OneStudySchema>;

const readOneStudy = (): OneStudy => v.parse(OneStudySchema, JSON.parse(readFileSync(ONE_STUDY_FILE, 'utf8')));

/** 0.00031 → "3·10⁻⁴", 0.031 → "0.03" */
function power(value: number | null): string {
  if (value === null) return MISSING;
  if (value === 0 || value >= 0.01) return value.toPrecision(1);
  const [digit, exponent] = value.toExponential(0).split('e-');
  return `${digit}·10⁻${[...exponent].map((figure) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(figure)]).join('')}`;
}

export function oneStudyTable({ arms, first, ways }: OneStudy = readOneStudy()): string {
  const heads = [
    'way',
    ...arms.map((name) => `${name}, %`),
    'equal gates, runs',
    'other answers',
    'test loss',
    'training loss',
    'accuracy on paths',
  ];
  return markdownTable(heads, [
    [`${first.name} (${first.device})`, ...first.accuracy.map((value) => hundredths(value, 2)), '', '', '', '', ''],
    ...ways.map((way) =>
      'lacks' in way
        ? [`${way.name}: not run here, without ${listed(way.lacks)}`, ...heads.slice(1).map(() => '')]
        : [
            `${way.name} (${way.device})`,
            ...way.accuracy.map((value) => hundredths(value, 2)),
            `${way.gates[0]} of ${way.gates[1]}`,
            `${way.answers[0]} of ${way.answers[1]}`,
            ...[way.testLoss, way.trainingLoss, way.paths].map(power),
          ],
    ),
  ]);
}
