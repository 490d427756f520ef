/** The papers' claims against the saved studies: what counts as held, in whose mouth it stands, and in what the studies differ. */
import { describe, expect, it } from 'vitest';
import {
  claimsTable,
  decided,
  rampSentence,
  regimesStudies,
  regimesSummary,
  regimesTable,
  subjectsTable,
  verdict,
  verdictOfAll,
} from '../../scripts/figures/claims.ts';
import { comparisons, comparisonTable } from '../../scripts/figures/comparison.ts';
import { onePage } from '../../scripts/figures/one-page.ts';
import { PAPER_FIGURES } from '../../scripts/figures/paper-figures.ts';
import {
  chosenBy,
  readSearch,
  searchTable,
  SIXTEEN_SHOTS_SEARCH,
  type Search,
} from '../../scripts/figures/regime-search.ts';
import { alignmentFinding, settingsLine } from '../../scripts/figures/results-page.ts';
import { readSaved } from '../../scripts/figures/saved.ts';
import type { ScopedInterval } from '../../src/core/crossed-interval.ts';
import { mean, standardDeviation } from '../../src/core/statistics.ts';
import { ablationsFewShots } from '../../src/study/presets/ablations-few-shots.ts';
import { federated } from '../../src/study/presets/federated.ts';
import { fewShots } from '../../src/study/presets/few-shots.ts';
import { full } from '../../src/study/presets/full.ts';
import { geometryFewShots } from '../../src/study/presets/geometry-few-shots.ts';
import { learningRatesFewShots } from '../../src/study/presets/learning-rates-few-shots.ts';
import { manyTasks } from '../../src/study/presets/many-tasks.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';
import { sixteenShots } from '../../src/study/presets/sixteen-shots.ts';
import { midpointMeasure } from '../../src/study/result/measures/paths.ts';
import type { StudyResult } from '../../src/study/result/result.ts';

const results = new Map(PRESETS.filter(({ saved }) => saved).map((preset) => [preset, readSaved(preset)]));
const rowsOf = (table: string): string[][] =>
  table
    .split('\n')
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()));
const rows = rowsOf(regimesTable(results));

it('behind a mean stands its standard deviation, as in captions, and none is written as 0', () => {
  const result = results.get(full)!;
  const row = comparisons(result).find(({ measure }) => measure.name.startsWith('midpoint accuracy, factor path'))!;
  const pairs = midpointMeasure('factor').values(result, result.config.arms[0].id);
  expect(pairs).toHaveLength(15);
  expect(row.baseline.sd).toBeCloseTo(standardDeviation(pairs.map(({ value }) => value)), 12);
  const table = comparisonTable(results.get(fewShots)!);
  expect(table).not.toMatch(/± 0\.0 /);
  for (const text of [table, claimsTable(results)]) expect(text).toMatch(/CopRA, mean ± sd +\|/);
});

it('the sentence of the ramp counts the rows of the table that hold it against dropping without one', () => {
  const asked = rowsOf(claimsTable(results)).filter(([, claim]) => claim.startsWith('The ramp is better'));
  const places: readonly (readonly [where: string, claims: RegExp])[] = [
    ['every layer on', /everything on$/],
    ['two seeds averaged', /averaged are more accurate$/],
    ['half of the layers', /… only$/],
  ];
  for (const [where, claims] of places) {
    const own = asked.filter(([, claim]) => claims.test(claim));
    const count = (wanted: string): number => own.filter((row) => row[9].includes(wanted)).length;
    expect(own.length).toBeGreaterThan(0);
    expect(rampSentence(results)).toMatch(
      new RegExp(
        `with ${where} \\S+ to \\S+, clearly ahead in ${count('yes')} of ${own.length} and clearly behind in ${count('the opposite')}`,
      ),
    );
  }
  expect(rampSentence(results)).toContain(
    'CopRA 62.4 to 62.5 %, Stochastic depth 72.9 %, Layer drop 50.0 to 62.5 %, CopRA without its ramp 62.5 %.',
  );
  expect(rampSentence(new Map())).toBe('');
});

describe('a claim', () => {
  const difference: ScopedInterval = {
    mean: 0,
    low: -1,
    high: 1,
    seeds: 6,
    images: 800,
    scope: 'seeds and images',
  };

  it('holds where the interval excludes 0 on the claimed side, and never because it contains 0', () => {
    for (const direction of ['higher', 'lower', 'not lower'] as const) {
      expect(verdict({ direction }, { side: 0, difference })).toBe('no clear difference');
      expect(verdict({ direction }, { side: null, difference })).toBe('too few seeds to say');
      expect(verdict({ direction }, { side: direction === 'lower' ? -1 : 1, difference })).toBe('yes');
    }
    expect(verdict({ direction: 'not lower' }, { side: -1, difference })).toBe('no: lower');
    expect(verdict({ direction: 'higher' }, { side: -1, difference })).toBe('no: the opposite');
  });

  it('that something does not suffer holds where a loss of a point is out of the interval', () => {
    const of = (low: number, high: number, side: 1 | 0 | -1) =>
      verdict({ direction: 'not lower' }, { side, difference: { ...difference, mean: (low + high) / 2, low, high } });
    expect(of(-0.003, 0.004, 0)).toBe('yes');
    expect(of(-0.008, -0.002, -1)).toBe('yes');
    expect(of(-0.011, 0.02, 0)).toBe('no clear difference');
    expect(of(-0.03, -0.002, -1)).toBe('no: lower');
    expect(verdict({ direction: 'higher' }, { side: 0, difference: { ...difference, low: -0.003, high: 0.004 } })).toBe(
      'no clear difference',
    );
    const ofThese = { ...difference, low: -0.003, high: 0.004, scope: 'seeds' } as const;
    expect(verdict({ direction: 'not lower' }, { side: 0, difference: ofThese })).toBe('only on these images');
    expect(onePage(results)).toContain('lies above −1 point');
  });

  it('does not hold on an interval that leaves the images out, unless it rests on none', () => {
    const seeds = { ...difference, scope: 'seeds' } as const;
    expect(verdict({ direction: 'higher' }, { side: 1, difference: seeds })).toBe('only on these images');
    expect(verdict({ direction: 'higher' }, { side: 1, difference: { ...seeds, images: null } })).toBe('yes');
  });

  it('of the papers is in the measure of the papers; the gain and what they do not show stand apart', () => {
    for (const [, claim, of] of rows)
      expect(of, claim).toBe(
        /gain|^Credit|layer drop|without its ramp|^Other domains|^Federated|^Each method at its own/.test(claim)
          ? 'ours'
          : 'papers',
      );
    // Beside every share of the gain stands the accuracy.
    const gains = rows.filter(([, claim]) => claim.endsWith(': more of the gain is kept'));
    expect(gains).toHaveLength(8);
    for (const row of gains)
      expect(rows[rows.indexOf(row) - 1][1]).toBe(row[1].replace('more of the gain is kept', 'more accurate'));
    const counts = [...regimesSummary(results).matchAll(/ of (\d+) (claims of the papers|questions of our own)/g)];
    expect(counts.map(([, count]) => Number(count))).toEqual([15, 17, 21, 23, 21, 23]);
    expect(rows.filter(([, , of]) => of === 'papers')).toHaveLength(21);
  });

  it('of short runs that are merged has the difference of single runs beside it', () => {
    const of = (start: string) => rows.filter(([, claim]) => claim.startsWith(start));
    expect(of('Adapters of different tasks')).toHaveLength(2);
    for (const [, , , papers, few, plenty] of of('Adapters of different tasks')) {
      expect(papers).toBe('–');
      expect(few).toMatch(/; one adapter per task [+−]/);
      expect(plenty).toMatch(/; one adapter per task −/);
    }
    const [[, , , , few, plenty]] = of('Federated clients: the average');
    for (const cell of [few, plenty]) expect(cell).toMatch(/; ordinary runs of as many steps −/);
    expect(claimsTable(results)).toMatch(/; ordinary runs of as many steps −/);
  });

  it('is asked in the setting of the papers too, of LoRA and CopRA among its arms', () => {
    const papers = decided(results).filter(({ preset }) => preset === sixteenShots);
    const { runs } = results.get(sixteenShots)!;
    const accuracyOf = (arm: string): number =>
      mean(runs.filter((run) => run.arm === arm).map(({ test }) => test!.accuracy));
    expect(papers[0].rows[0].baseline.mean).toBeCloseTo(accuracyOf('lora'), 12);
    expect(papers[0].rows[0].other.mean).toBeCloseTo(accuracyOf('copra'), 12);
    const held = papers.filter(({ claim, verdict: found }) => claim.of === 'papers' && found === 'yes');
    expect(regimesSummary(results)).toContain(
      `**The papers’ setting**: ${held.length} of 15 claims of the papers held`,
    );
    expect(papers.some(({ claim }) => claim.against === 'copra-constant')).toBe(true);
  });

  it('is counted once in every regime that asks it, by what it is about', () => {
    const cells = rowsOf(subjectsTable(results));
    const asked = (of: string, column: number): number =>
      cells
        .filter((row) => row[2] === of)
        .reduce((sum, row) => sum + Number(/ of (\d+)/.exec(row[column])?.[1] ?? 0), 0);
    expect([3, 4, 5].map((column) => asked('papers', column))).toEqual([15, 21, 21]);
    expect([3, 4, 5].map((column) => asked('ours', column))).toEqual([17, 23, 23]);
    const [pruned] = cells.filter(([, subject]) => subject === 'More accurate without a part of the adapter');
    const verdicts = rows.filter(([, claim]) => /^(Every other|Only).*more accurate$/.test(claim));
    for (const column of [3, 4, 5])
      expect(pruned[column]).toBe(`**${verdicts.filter((row) => row[column].startsWith('yes')).length}** of 8`);
  });

  it('of every value of a sweep holds where it holds at each, and is the opposite where each is', () => {
    expect(verdictOfAll(['yes', 'yes'])).toBe('yes');
    expect(verdictOfAll(['yes', 'no clear difference'])).toBe('no clear difference');
    expect(verdictOfAll(['yes', 'yes', 'no: the opposite'])).toBe('not at every value');
    expect(verdictOfAll(['no clear difference', 'no: the opposite'])).toBe('not at every value');
    expect(verdictOfAll(['no: the opposite', 'no: the opposite'])).toBe('no: the opposite');
    expect(verdictOfAll(['yes', 'only on these images'])).toBe('only on these images');
    expect(verdictOfAll(['too few seeds to say', 'too few seeds to say'])).toBe('too few seeds to say');
    const [[, , , , few]] = rows.filter(([, claim]) => claim.includes('whatever the learning rate'));
    expect(few).toMatch(/ at \d of 5 values, lower at \d \(0\.0003: .*; 0\.03: [+−]/);
    expect(few).toMatch(/^\*\*not at every value\*\*/);
    expect(regimesSummary(results).match(/1 went the other way at some values only/g)).toHaveLength(2);
    // One row for every value, with the arms of that value.
    const each = rowsOf(claimsTable(results)).filter(([, claim]) => claim.includes('factor path, learning rate'));
    expect(each).toHaveLength(10);
    const { config } = results.get(learningRatesFewShots)!;
    const [lora, copra] = [config.arms[0], config.arms[5]].map(({ id }) =>
      mean(
        midpointMeasure('factor')
          .values(results.get(learningRatesFewShots)!, id)
          .map(({ value }) => value),
      ),
    );
    expect(each[0].slice(5, 7).map((cell) => Number.parseFloat(cell))).toEqual(
      [lora, copra].map((value) => Number((100 * value).toFixed(1))),
    );
  });

  it('of methods at their own best values holds where it holds for every value that might have been chosen', () => {
    const atBest = (result: StudyResult) =>
      decided(new Map([[learningRatesFewShots, result]])).filter(({ claim }) => claim.claim.startsWith('Each method'));
    const saved = results.get(learningRatesFewShots)!;
    expect(atBest(saved).map((entry) => entry.verdict)).toEqual(['no clear difference', 'yes', 'yes']);
    // Validation that tells no value from another chooses the lowest, where CopRA is clearly behind; at the highest it is clearly ahead.
    const runs = saved.runs.map((run) => ({
      ...run,
      validation: run.validation.map((one) => ({ ...one, accuracy: 0.5 })),
    }));
    const [, merged] = atBest({ ...saved, runs });
    expect(merged.rows[0].difference.high).toBeLessThan(0);
    expect(merged.verdict).toBe('no clear difference');
  });

  it('of constant dropping holds CopRA against that arm', () => {
    const { config, runs } = results.get(ablationsFewShots)!;
    const accuracyOf = (arm: string): number =>
      mean(runs.filter((run) => run.arm === arm).map(({ test }) => test!.accuracy));
    const [row] = decided(results).filter(
      ({ claim, preset }) => claim.against === 'stochastic-depth' && preset === ablationsFewShots,
    );
    expect(config.arms.some(({ id }) => id === 'stochastic-depth')).toBe(true);
    expect(row.rows[0].baseline.mean).toBeCloseTo(accuracyOf('stochastic-depth'), 12);
    expect(row.rows[0].other.mean).toBeCloseTo(accuracyOf('copra'), 12);
  });

  it('of halves of the layers says how many, as the studies set', () => {
    expect(rows.some(([, claim]) => claim.includes('two fixed halves'))).toBe(true);
    for (const { config } of [fewShots, full]) expect(config.analyses.domains?.orders).toBe(2);
  });
});

describe('the head of the page of results', () => {
  it('says in what the regimes differ besides data, from the settings', () => {
    const studies = new Map(rowsOf(regimesStudies(results)).map(([, name, ...cells]) => [name, cells.slice(0, 5)]));
    expect(studies.get('Few images')).toEqual(['64', 'vision and text', '4', '0.001', '2,000']);
    expect(studies.get('Plenty of data')).toEqual(['all', 'vision', '4', '0.003', '2,000']);
    expect(studies.get('Many tasks')).toEqual(['all', 'vision', '4', '0.003', '300']);
    expect(studies.get('Sixteen images a class')).toEqual(['16', 'vision and text', '2', '0.0003 to 0.001', '1,500']);
    expect(studies.size).toBe(11);
    const text = onePage(results);
    expect(text).toContain(regimesStudies(results));
    expect(text).not.toContain('depends on');
    expect(text).toContain('(#where-it-helps-the-regime-map)');
  });
});

it('a search says what a shared learning rate is for each arm, and what the papers do not share', () => {
  const tried = (learningRate: number, lora: number, copra: number): Search['candidates'][number] => ({
    learningRate,
    rank: 4,
    steps: 2000,
    accuracy: { lora: [lora], copra: [copra] },
  });
  const candidates = [tried(3e-4, 0.61, 0.56), tried(1e-3, 0.58, 0.61)];
  const text = searchTable({ seeds: [20], images: 100, candidates });
  expect(text).toContain(
    'LoRA reaches 61.0 at 0.0003 (the lowest that was tried) and 58.0 at 0.001 and CopRA reaches 61.0 at 0.001',
  );
  expect(text).toContain('adapts both towers at rank 2');
  expect(text).not.toContain('follow the papers');
  expect(text).not.toContain('nowhere else');
});

it('a search says of a method whose best rate is the lowest or the highest that a better one may lie beyond', () => {
  const candidates = SIXTEEN_SHOTS_SEARCH.learningRates.map((learningRate, i) => ({
    learningRate,
    rank: 2,
    steps: 1500,
    accuracy: { lora: [1 - i / 10], copra: [i === 1 ? 0.6 : 0.5] },
  }));
  const found = { seeds: [20], images: 100, candidates };
  expect(chosenBy(SIXTEEN_SHOTS_SEARCH, found)).toContain(
    ' LoRA’s is the lowest that was tried: a lower one may be better. One value',
  );
  expect(chosenBy(SIXTEEN_SHOTS_SEARCH, readSearch(SIXTEEN_SHOTS_SEARCH))).not.toContain('that was tried');
});

it('a figure of aligned factors is taken with them, and says what is left of the barriers', () => {
  const aligned = PAPER_FIGURES.filter(({ heading }) => heading.includes('factors aligned'));
  expect(aligned.map(({ alignment }) => alignment)).toEqual(['orthogonal', 'orthogonal']);
  expect(alignmentFinding(readSaved(geometryFewShots))).toMatch(
    /LoRA \d\.\d as the factors are, 1\.4 rotated and 1\.2 with the best P; CopRA \d\.\d as the factors are, 0\.6 rotated and 0\.5 with the best P\. .* removes \d+ to \d+ % of the barriers of both arms\.$/,
  );
});

it('a study of several tasks says how many, and the images of all', () => {
  expect(settingsLine(manyTasks, readSaved(manyTasks))).toMatch(
    /· 4 tasks \(Animals and plants; .+; Objects\), 840 test images ·/,
  );
  expect(settingsLine(federated, readSaved(federated))).toMatch(/· Emoji groups, negative, \d+ test images ·/);
});
