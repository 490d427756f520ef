/**
 * Links that were handed out once must open for ever. tests/golden/links holds, for each, the fragment (.txt) and what it said when it was
 * made (.json). Never regenerate these files: a failure means that old links changed their meaning.
 */
import { describe, expect, it } from 'vitest';
import { filesIn, readJsonFile, readText } from '../../../tests/support/files.ts';
import { said } from '../../core/language/catalogue.ts';
import { FEDERATED_RULE_IDS } from '../../copra/federated/rule-list.ts';
import { ALIGNMENTS, MERGE_METHODS } from '../../copra/merging/methods.ts';
import { ESTIMATORS } from '../../copra/shapley/estimator-ids.ts';
import { PROJECTIONS } from '../../core/adapter-layout.ts';
import { PRUNING_SCOPES } from '../../study/analyses/pruning/settings.ts';
import { PARTITIONS } from '../../study/analyses/federated/settings.ts';
import { SHOWN_MEASURES } from '../../study/result/measures/shown.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { sectionName } from './result-codec.ts';
import { decodeResultLink, encodeResultLink } from './result-link.ts';
import { sectionsOf } from './test-links.ts';

const folder = 'tests/golden/links';
const links = filesIn(folder).filter((name) => name.endsWith('.txt'));

/** Browsers and Node differ in the last digit of exponentials. */
const withoutLastDigits = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, each: unknown) =>
    typeof each === 'number' ? Number(each.toPrecision(14)) : each,
  );

describe('golden links', () => {
  it('are there', () => expect(links.length).toBeGreaterThanOrEqual(25));

  it.each(links)('%s says what it always said', (name) => {
    const decoded = decodeResultLink(readText(`${folder}/${name}`));
    const expected = readJsonFile(`${folder}/${name.replace(/txt$/, 'json')}`);
    if (!decoded.ok) throw new Error(decoded.message());
    const { result, notes } = decoded;
    expect(withoutLastDigits({ result, notes: said(notes) })).toEqual(withoutLastDigits(expected));
  });

  /** What a golden link said. */
  const golden = (name: string) => (readJsonFile(`${folder}/${name}.json`) as { result: StudyResult }).result;
  const names = golden('r2-every-name');
  const merges = golden('r2-every-merge');
  const tested = golden('r2-other-domains');
  const coalitions = golden('r2-every-coalition');
  const laterMerges = golden('r2-later-merges');
  const groupedUnits = golden('r2-grouped-units');
  const confused = golden('r2-confusions');
  const scaled = golden('r2-scaled-updates');
  const together = golden('r2-tasks-and-clients');
  const course = golden('r2-intervals-along-training');

  /** Where links say a name by its number. */
  const told: Readonly<Record<string, readonly [all: readonly string[], golden: readonly (string | undefined)[]]>> = {
    'way of merging': [
      MERGE_METHODS.map(({ id }) => id),
      [merges, laterMerges, groupedUnits].flatMap((result) =>
        result.merging!.flatMap((m) => m.merges.map((x) => x.method)),
      ),
    ],
    alignment: [ALIGNMENTS.map(({ id }) => id), merges.merging!.flatMap((m) => m.merges.map((x) => x.alignment))],
    'way of merging across tasks': [
      MERGE_METHODS.map(({ id }) => id),
      [merges, laterMerges, groupedUnits].flatMap((result) =>
        result.multitask!.runs.flatMap((run) => run.merges.map(({ method }) => method)),
      ),
    ],
    'alignment of a path': [ALIGNMENTS.map(({ id }) => id), names.landscape.map(({ alignment = 'none' }) => alignment)],
    'kind of path': [['factor', 'product'], names.landscape.map(({ path }) => path)],
    'kind of path on other domains': [['factor', 'product'], tested.domains!.paths.map(({ path }) => path)],
    'aggregation rule': [FEDERATED_RULE_IDS, names.federated!.runs.map(({ rule }) => rule)],
    partition: [PARTITIONS, names.federated!.partitions.map(({ kind }) => kind)],
    estimator: [ESTIMATORS, names.shapley.map(({ estimator }) => estimator)],
    'projection of a spectrum': [
      PROJECTIONS,
      golden('r2-spectra').spectra!.flatMap(({ maps }) => maps.map(({ projection }) => projection)),
    ],
    projection: [PROJECTIONS, names.shapley.flatMap(({ players }) => players.map(({ projection }) => projection))],
    tower: [['vision', 'text'], names.shapley.flatMap(({ players }) => players.map(({ tower }) => tower))],
    'pruning scope': [PRUNING_SCOPES, names.pruning.flatMap((p) => p.unstructured.map(({ scope }) => scope))],
    'figure along training': [
      ['midpoint', 'every other', 'above ends'],
      course.timeline!.imageVariances!.map(({ figure }) => figure),
    ],
    measure: [
      SHOWN_MEASURES.map(({ id }) => id),
      [names, tested, coalitions, scaled, together].flatMap(({ imageVariances = [] }) =>
        imageVariances.map(({ measure }) => measure),
      ),
    ],
  };

  // A name that is missing came later: it needs a golden link of its own, which keeps its number.
  it.each(Object.entries(told))('hold every %s', (_, [all, golden]) => {
    expect(all.filter((name) => !golden.includes(name))).toEqual([]);
  });

  it('hold every section', () => {
    const held = new Set(
      links
        .filter((name) => name.startsWith('r2'))
        .flatMap((name) => sectionsOf(readText(`${folder}/${name}`).trim()).map(({ tag }) => tag)),
    );
    const unknown = sectionName(255);
    const known = Array.from({ length: 255 }, (_, tag) => tag).filter((tag) => sectionName(tag) !== unknown);
    expect(known.filter((tag) => !held.has(tag))).toEqual([]);
  });

  it.each([names, merges, tested, coalitions, laterMerges, groupedUnits, confused, scaled, together, course])(
    'are written as they were',
    (result) => {
      const decoded = decodeResultLink(encodeResultLink(result).fragment);
      expect(withoutLastDigits(decoded)).toMatchObject(withoutLastDigits({ ok: true, result }) as object);
    },
  );
});
