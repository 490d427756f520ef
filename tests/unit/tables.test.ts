/** docs/tables.md names every table that the page saves, and every column. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { domainsCsv } from '../../src/share/analyses/domains/csv.ts';
import {
  federatedAttendanceCsv,
  federatedClientsCsv,
  federatedCsv,
  federatedErrorCsv,
} from '../../src/share/analyses/federated/csv.ts';
import { geometryCsv } from '../../src/share/analyses/geometry/csv.ts';
import { landscapeCsv } from '../../src/share/analyses/landscape/csv.ts';
import { pathPicturesCsv } from '../../src/share/analyses/landscape/path-pictures-csv.ts';
import { mergingCsv } from '../../src/share/analyses/merging/csv.ts';
import { multitaskCsv } from '../../src/share/analyses/multitask/csv.ts';
import { planeCsv } from '../../src/share/analyses/plane/csv.ts';
import { pruningCsv } from '../../src/share/analyses/pruning/csv.ts';
import { interactionsCsv, layerSetsCsv } from '../../src/share/analyses/shapley/coalitions-csv.ts';
import { shapleyCsv } from '../../src/share/analyses/shapley/csv.ts';
import { imageLayersCsv } from '../../src/share/analyses/shapley/image-layers-csv.ts';
import { sharpnessCsv } from '../../src/share/analyses/sharpness/csv.ts';
import { spectraCsv } from '../../src/share/analyses/spectra/csv.ts';
import { timelineCsv } from '../../src/share/analyses/timeline/csv.ts';
import { timingCsv } from '../../src/share/analyses/timing/csv.ts';
import { insideCsv } from '../../src/share/csv/inside-csv.ts';
import { ownCsv } from '../../src/share/csv/own-csv.ts';
import { picturePathCsv } from '../../src/share/csv/picture-path-csv.ts';
import { confusionsCsv, predictionsCsv } from '../../src/share/csv/predictions-csv.ts';
import { splitCsv } from '../../src/share/csv/split-csv.ts';
import { trainingCsv } from '../../src/share/csv/training-csv.ts';
import { classAccuraciesCsv } from '../../src/state/pictures/class-accuracies-csv.ts';
import { armPointsCsv } from '../../src/state/summary/arm-points.ts';
import { summaryCsv } from '../../src/state/summary/summary-csv.ts';
import { classroomCsv } from '../../src/ui/classroom/classroom-plot.ts';
import { comparisonCsv } from '../../src/ui/analyses/shapley/comparison-plot.ts';
import { withGeometry } from '../fixtures/geometry-result.ts';
import { studyResultFixture } from '../fixtures/study-result.ts';

const PAGE = readFileSync('docs/tables.md', 'utf8');
const spansOf = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, span]) => span);
const sectionOf = (heading: string): string => PAGE.split(`\n## ${heading}\n`)[1].split('\n## ')[0];
const COMMON = spansOf(sectionOf('Columns of many tables'));
const [TABLES, MEASURES] = sectionOf('Tables').split('\nMeasures of ');

const result = studyResultFixture();
const empty = { paths: [], lambdas: [] } as const;

const HEADS: Readonly<Record<string, string>> = {
  'copra-arms': summaryCsv(result),
  'copra-arm-points': armPointsCsv(result),
  'copra-training': trainingCsv(result),
  'copra-landscape': landscapeCsv(result),
  'copra-path-pictures': pathPicturesCsv(result),
  'copra-picture-path': picturePathCsv(result, empty.paths, empty.lambdas),
  'copra-shapley': shapleyCsv(result),
  'copra-interactions': interactionsCsv(result),
  'copra-layer-sets': layerSetsCsv(result),
  'copra-image-layers': imageLayersCsv(result),
  'copra-shapley-estimators': comparisonCsv({ budgets: [], seeds: 0, estimators: [] }),
  'copra-pruning-layers': pruningCsv(result),
  'copra-merging': mergingCsv(result),
  'copra-many-tasks': multitaskCsv(result),
  'copra-domains': domainsCsv(result),
  'copra-along-training': timelineCsv(result, () => null),
  'copra-geometry': geometryCsv(withGeometry(result)),
  'copra-plane': planeCsv(result),
  'copra-sharpness': sharpnessCsv(result),
  'copra-spectra': spectraCsv(result),
  'copra-time-of-a-step': timingCsv(result),
  'copra-federated': federatedCsv(result),
  'copra-federated-error': federatedErrorCsv(result),
  'copra-federated-clients': federatedClientsCsv(result),
  'copra-federated-attendance': federatedAttendanceCsv(result),
  'copra-pictures': predictionsCsv(result, []),
  'copra-confusions': confusionsCsv(result, []),
  'copra-class-accuracies': classAccuraciesCsv(result, []),
  'copra-own-picture': ownCsv('', [], []),
  'copra-inside': insideCsv([], 1),
  'copra-split': splitCsv({ classes: [], labels: new Int32Array(), split: new Uint8Array() }, []),
  'copra-class': (['accuracy', 'barrier', 'half'] as const).map((metric) => classroomCsv([], metric).trim()).join(','),
};

/** "…_n" stands for every name that ends so, "diverged_…" for every one that begins so. */
const stands = (span: string, column: string): boolean =>
  span.startsWith('…')
    ? column.endsWith(span.slice(1))
    : span.endsWith('…')
      ? column.startsWith(span.slice(0, -1))
      : span === column;

it.each(Object.entries(HEADS))('every column of %s is there', (file, text) => {
  const row = TABLES.split('\n').find((line) => line.includes(`\`${file}.csv\``));
  const known = [...COMMON, ...spansOf(row ?? ''), ...(file.startsWith('copra-arm') ? spansOf(MEASURES) : [])];
  const columns = text.split('\r\n')[0].split(',');
  expect(columns.length).toBeGreaterThan(2);
  expect(columns.filter((column) => !known.some((span) => stands(span, column)))).toEqual([]);
});

it('seeds have the same names in every table', () => {
  const columns = Object.values(HEADS).flatMap((text) => text.split('\r\n')[0].split(','));
  const names = new Set(columns.filter((column) => /(^|_)seeds?(_|$)/.test(column)));
  expect([...names].toSorted()).toEqual(['other_seed', 'seed', 'seeds']);
});

it('every file is there that a figure saves', () => {
  const files = readdirSync('src/ui', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));
  const sources = files.map((file) => readFileSync(`src/ui/${file}`, 'utf8'));
  const names = sources.flatMap((source) =>
    [...source.matchAll(/(?:fileName="|const FILE = ')(copra-[\w-]+)/g)].map(([, name]) => name),
  );
  const known = new Set(spansOf(TABLES));
  // Measurements of a device are no study, and a search for a schedule is saved as JSON.
  const others = ['copra-device', 'copra-schedule'];
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !known.has(`${name}.csv`) && !others.includes(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});
