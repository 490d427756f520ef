import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonFile, readText } from '../../../tests/support/files.ts';
import { studyResultFixture, withModules } from '../../../tests/fixtures/study-result.ts';
import { ESTIMATORS } from '../../copra/shapley/plan.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { armDifference } from '../../study/result/measures/arm-difference.ts';
import { packBits } from '../../platform/bits.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { crc32 } from '../../core/crc32.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { ByteWriter } from './binary.ts';
import { readOutline, writeContainer, type Section } from './container.ts';
import { decodeResultLink, encodeResultLink, GOOD_LENGTH, MAX_LENGTH } from './result-link.ts';

function opened(fragment: string): StudyResult {
  const decoded = decodeResultLink(fragment);
  if (!decoded.ok) throw new Error(decoded.message);
  return decoded.result;
}

const refusal = (fragment: string): string => {
  const decoded = decodeResultLink(fragment);
  return decoded.ok ? 'opened' : decoded.message;
};

const width = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) - Math.min(...values) : 0);

type Lists = readonly (readonly number[])[];

/** Every point within half a level of the range of all curves of its kind. */
function expectNear(read: Lists, original: Lists, levels: number): void {
  expect(read.map(({ length }) => length)).toEqual(original.map(({ length }) => length));
  const tolerance = width(original.flat()) / (2 * levels) + 1e-6;
  original.forEach((curve, c) =>
    curve.forEach((value, i) => expect(Math.abs(read[c][i] - value)).toBeLessThanOrEqual(tolerance)),
  );
}

/** Sections of a link as they are written. */
function sectionsOf(fragment: string): Section[] {
  const bytes = fromBase64Url(fragment.slice(3));
  const sections = readOutline(bytes)?.sections(bytes);
  return [...(sections ?? [])].map(([tag, content]) => ({ tag, content }));
}

const linkOf = (sections: readonly Section[]): string => `r2.${toBase64Url(writeContainer(sections))}`;

function expectSame(read: StudyResult, original: StudyResult): void {
  expect(read.config).toEqual(original.config);
  expect(read.status).toBe(original.status);
  expect(read.provenance).toEqual(original.provenance);
  expect({ ...read.task, zeroShot: null }).toEqual({ ...original.task, zeroShot: null });
  expect(read.task.zeroShot?.accuracy).toBe(original.task.zeroShot?.accuracy);
  expect(read.runs).toHaveLength(original.runs.length);
  original.runs.forEach((run, i) => {
    const { arm, seed, steps, validation, test } = read.runs[i];
    expect([arm, seed, steps]).toEqual([run.arm, run.seed, run.steps]);
    expect(validation.map(({ step }) => step)).toEqual(run.validation.map(({ step }) => step));
    expect(validation.map((point) => point.accuracy)).toEqual(run.validation.map((point) => point.accuracy));
    expect(test?.accuracy).toBe(run.test?.accuracy);
    if (run.test) expect(test?.loss).toBeCloseTo(run.test.loss, 4);
  });
  const validationLosses = ({ runs }: StudyResult) => runs.map(({ validation }) => validation.map(({ loss }) => loss));
  expectNear(validationLosses(read), validationLosses(original), 250);
  expect(read.landscape).toHaveLength(original.landscape.length);
  original.landscape.forEach((path, i) => {
    const other = read.landscape[i];
    expect([other.arm, other.path, other.seeds, other.lambdas]).toEqual([
      path.arm,
      path.path,
      path.seeds,
      path.lambdas,
    ]);
    expect(other.accuracy).toEqual(path.accuracy);
    expect(other.barrierAccuracy).toBeCloseTo(path.barrierAccuracy, 4);
    // Barriers follow from their curves.
    expect(Math.abs(other.barrierLoss - path.barrierLoss)).toBeLessThanOrEqual(0.02);
    expect(other.midpointRetainedGain).toBeCloseTo(path.midpointRetainedGain ?? NaN, 6);
  });
  const pathLosses = ({ landscape }: StudyResult) => landscape.map(({ loss }) => loss);
  expectNear(pathLosses(read), pathLosses(original), 400);
  expect(read.shapley).toHaveLength(original.shapley.length);
  original.shapley.forEach((values, i) => {
    const { arm, seed, players, estimator, images, coalitions } = values;
    const { residual, topThirdShare, coalitionError, evolution } = values;
    expect(read.shapley[i]).toMatchObject({ arm, seed, players, estimator, images, coalitions });
    expect(Boolean(read.shapley[i].coalitionError)).toBe(Boolean(coalitionError));
    expect(read.shapley[i].evolution?.map(({ step }) => step)).toEqual(evolution?.map(({ step }) => step));
    evolution?.forEach((stage, s) => {
      const other = read.shapley[i].evolution![s];
      if (stage.topThirdShare === null) expect(other.topThirdShare).toBeNull();
      else expect(other.topThirdShare).toBeCloseTo(stage.topThirdShare, 4);
    });
    expect(read.shapley[i].residual).toBeCloseTo(residual, 9);
    expect(read.shapley[i].topThirdShare).toBeCloseTo(topThirdShare ?? NaN, 4);
  });
  for (const [quantity, levels] of [
    ['accuracy', 1000],
    ['accuracyError', 100],
    ['loss', 1000],
    ['lossError', 100],
  ] as const) {
    const values = ({ shapley }: StudyResult) => shapley.map((entry) => entry[quantity]);
    expectNear(values(read), values(original), levels);
    const earlier = ({ shapley }: StudyResult) =>
      shapley.flatMap(({ evolution = [] }) => evolution.map((stage) => stage[quantity]));
    expectNear(earlier(read), earlier(original), levels);
  }
  for (const quantity of ['accuracy', 'loss'] as const) {
    const errors = ({ shapley }: StudyResult) => shapley.flatMap((entry) => entry.coalitionError?.[quantity] ?? []);
    expectNear([errors(read)], [errors(original)], 100);
  }
  expect(read.pruning).toHaveLength(original.pruning.length);
  original.pruning.forEach(({ structured, unstructured }, i) => {
    const other = read.pruning[i];
    expect(other.structured.map(({ label, kept, of, accuracy }) => [label, kept, of, accuracy])).toEqual(
      structured.map(({ label, kept, of, accuracy }) => [label, kept, of, accuracy]),
    );
    structured.forEach((part, j) => {
      if (part.retainedGain === null) expect(other.structured[j].retainedGain).toBeNull();
      else expect(other.structured[j].retainedGain).toBeCloseTo(part.retainedGain, 5);
    });
    unstructured.forEach((curve, j) => {
      expect([other.unstructured[j].scope, other.unstructured[j].sparsities]).toEqual([curve.scope, curve.sparsities]);
      expect(other.unstructured[j].accuracy).toEqual(curve.accuracy);
      expect(other.unstructured[j].area).toBeCloseTo(curve.area, 4);
    });
  });
  const barLosses = ({ pruning }: StudyResult) => pruning.map(({ structured }) => structured.map(({ loss }) => loss));
  expectNear(barLosses(read), barLosses(original), 250);
  const weightLosses = ({ pruning }: StudyResult) =>
    pruning.flatMap(({ unstructured }) => unstructured.map(({ loss }) => loss));
  expectNear(weightLosses(read), weightLosses(original), 250);
}

const options = fc.record({
  seed: fc.nat(),
  seeds: fc.integer({ min: 1, max: 3 }),
  layers: fc.integer({ min: 3, max: 24 }),
  testImages: fc.integer({ min: 20, max: 3000 }),
});

describe('a saved study of many figures', () => {
  it('keeps all of them in a whole link, and gives up some for a short one', () => {
    const geometry = readJsonFile('public/showcase/geometry.json') as StudyResult;
    const { fragment } = encodeResultLink(geometry);
    const whole = decodeResultLink(fragment);
    if (!whole.ok) throw new Error(whole.message);
    expect(fragment.length).toBeLessThanOrEqual(8000);
    expect(whole.result.planes).toHaveLength(geometry.planes!.length);
    expect(whole.result.geometry?.points).toEqual(geometry.geometry!.points);
    expect(whole.result.landscape).toHaveLength(geometry.landscape.length);
    const short = encodeResultLink(geometry, 2000);
    expect(short.fragment.length).toBeLessThanOrEqual(2000);
    expect(short.leftOut.join()).toContain('on the way through training');
    expect(short.complete).toBe(true);
    expect(encodeResultLink(geometry, 900).complete).toBe(false);
  });
});

describe('round trip', () => {
  it('keeps a study within the precision of a chart, and the figures in text', () => {
    fc.assert(
      fc.property(options, (choice) => {
        const original = studyResultFixture(choice);
        expectSame(opened(encodeResultLink(original, 1e6).fragment), original);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps projections, every estimator, errors over coalitions, and earlier steps', () => {
    for (const estimator of ESTIMATORS) {
      const original = withModules(studyResultFixture({ seed: 5, layers: 6 }), estimator);
      expectSame(opened(encodeResultLink(original, 1e6).fragment), original);
    }
    const plain = studyResultFixture({ seed: 5, layers: 6 });
    const modules = withModules(plain, 'odd').shapley;
    const mixed = { ...plain, shapley: [...plain.shapley.slice(0, 2), ...modules.slice(2)] };
    expectSame(opened(encodeResultLink(mixed, 1e6).fragment), mixed);
  });

  it('of what was opened changes nothing more while counts need no rounding', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const once = opened(
        encodeResultLink(studyResultFixture({ seed, seeds: 1 + (seed % 3), testImages: 250 })).fragment,
      );
      expect(opened(encodeResultLink(once).fragment)).toEqual(once);
    }
  });

  it('keeps a study that was stopped early', () => {
    const full = studyResultFixture({ seed: 3 });
    const [first, second] = full.runs;
    const stopped: StudyResult = {
      ...full,
      status: 'stopped',
      runs: [
        {
          ...first,
          steps: 40,
          test: null,
          losses: first.losses.slice(0, 6),
          lossSteps: first.lossSteps.slice(0, 6),
          validation: [],
        },
        second,
      ],
      landscape: [],
      shapley: full.shapley.slice(2, 3),
      pruning: [],
      task: { ...full.task, zeroShot: null },
    };
    expectSame(opened(encodeResultLink(stopped).fragment), stopped);
    const empty: StudyResult = { ...stopped, runs: [], shapley: [] };
    expect(opened(encodeResultLink(empty).fragment)).toEqual(empty);
  });

  it('keeps every setting exactly, however odd', () => {
    const result = studyResultFixture();
    const [lora] = result.config.arms;
    const config: StudyResult['config'] = {
      ...result.config,
      task: 'dropped',
      shots: 16,
      seeds: [0x7fffffff, 42],
      arms: [
        lora,
        {
          ...lora,
          id: 'x-1',
          name: 'Größe × 2 🙂',
          learningRate: 1 / 3,
          alpha: Math.PI,
          projections: ['fc1', 'o'],
          rsLora: true,
        },
      ],
    };
    expect(
      opened(encodeResultLink({ ...result, config, runs: [], landscape: [], shapley: [], pruning: [] }).fragment)
        .config,
    ).toEqual(config);
  });

  it('keeps retained gains that do not follow from the accuracies', () => {
    const result = studyResultFixture();
    const pruning = result.pruning.map((entry) => ({
      ...entry,
      structured: entry.structured.map((part, i) => ({ ...part, retainedGain: i % 2 === 0 ? null : 0.125 * i })),
    }));
    const read = opened(encodeResultLink({ ...result, pruning }).fragment);
    expect(read.pruning.map(({ structured }) => structured.map((part) => part.retainedGain))).toEqual(
      pruning.map(({ structured }) => structured.map((part) => part.retainedGain)),
    );
  });
});

describe('length', () => {
  it('of a default study stays within a chat message', () => {
    // Four runs, of which the quick preset analyses one per arm; room is left for the address of the page and its query.
    const whole = studyResultFixture();
    const result = { ...whole, shapley: whole.shapley.filter(({ seed }) => seed === 0) };
    for (const study of [whole, result]) {
      const { fragment, complete } = encodeResultLink(study, GOOD_LENGTH - 60);
      expect(fragment.length).toBeLessThanOrEqual(GOOD_LENGTH - 60);
      expect(complete).toBe(true);
    }
  });

  it('can be made short at the price of most of its analyses', () => {
    const { fragment, leftOut } = encodeResultLink(studyResultFixture({ seeds: 4 }), 700);
    expect(fragment.length).toBeLessThanOrEqual(700);
    expect(leftOut.length).toBeGreaterThan(2);
  });

  it('of the largest study stays within the limit, and what is missing is said', () => {
    for (const seeds of [5, 12, 32]) {
      const { fragment, leftOut } = encodeResultLink(studyResultFixture({ seeds, layers: 24 }));
      expect(fragment.length).toBeLessThanOrEqual(MAX_LENGTH);
      const decoded = decodeResultLink(fragment);
      expect(decoded.ok && decoded.notes.filter((note) => note.startsWith('The link leaves out'))).toEqual(
        leftOut.map((text) => `The link leaves out ${text}.`),
      );
      expect(decoded.ok && decoded.result.runs.length).toBe(2 * seeds);
    }
  });

  it('leaves out the activation tape and very many class names', () => {
    const result = studyResultFixture({ classes: Array.from({ length: 500 }, (_, i) => `species number ${i}`) });
    const { fragment, leftOut } = encodeResultLink({
      ...result,
      runs: result.runs.map((run) => ({ ...run, gates: 'AAAA' })),
    });
    expect(leftOut.join()).toMatch(/activation tape.*names of the classes/);
    expect(opened(fragment).task.classes).toHaveLength(500);
    expect(opened(fragment).runs[0].gates).toBeNull();
  });

  it('pools losses into means of wider windows', () => {
    const result = studyResultFixture();
    const run = {
      ...result.runs[0],
      losses: Array.from({ length: 128 }, (_, i) => i),
      lossSteps: Array.from({ length: 128 }, (_, i) => i + 1),
    };
    const read = opened(encodeResultLink({ ...result, runs: [run], landscape: [], shapley: [], pruning: [] }).fragment);
    expect(read.runs[0].lossSteps.slice(0, 3)).toEqual([2, 4, 6]);
    expect(read.runs[0].losses[1]).toBeCloseTo(2.5, 0);
  });
});

describe('links that met the world', () => {
  const original = studyResultFixture();
  const { fragment } = encodeResultLink(original);
  const result = opened(fragment);

  it('open with a hash, percent-encoded once or twice, and with punctuation behind', () => {
    const once = `#${fragment}`.replaceAll('.', '%2E').replaceAll('-', '%2D');
    for (const variant of [`#${fragment}`, once, encodeURIComponent(once), `${fragment}).`, ` ${fragment}\n`]) {
      expect(opened(variant)).toEqual(result);
    }
  });

  it('say how much is missing', () => {
    const total = fragment.length.toLocaleString('en');
    expect(refusal(fragment.slice(0, 612))).toBe(`This link arrived cut off: 612 of ${total} characters.`);
    expect(refusal(fragment.slice(0, 9))).toMatch(/cut off: only 9 characters/);
    expect(refusal(`${fragment}AB`)).toMatch(/2 characters too many/);
    expect(refusal(`${fragment.slice(0, 90)}…`)).toMatch(/shortened for display/);
  });

  it('say that they were altered, are of another version or no result', () => {
    expect(refusal(fragment.replace(/.{3}$/, 'AAA'))).toMatch(/altered/);
    expect(refusal(`${fragment.slice(0, 90)}é${fragment.slice(91)}`)).toMatch(
      /altered on the way: Character 88 \("é"\)/,
    );
    expect(refusal(fragment.replace('r2.', 'r3.'))).toMatch(/format 3, and this page reads formats 1 and 2/);
    expect(refusal('lesson-3')).toMatch(/no result/);
    expect(refusal('%E0%A4%A')).toMatch(/no result/);
    expect(refusal(`r1.${'A'.repeat(1e5)}`)).toMatch(/too long/);
  });

  it('of a later version open without the sections that are unknown here', () => {
    const decoded = decodeResultLink(linkOf([...sectionsOf(fragment), { tag: 99, content: Uint8Array.of(1, 2, 3) }]));
    expect(decoded.ok && decoded.result).toEqual(result);
    expect(decoded.ok && decoded.notes.join()).toMatch(/newer version/);
  });
});

describe('what a damaged link still holds', () => {
  const original = studyResultFixture({ seed: 4 });
  const { fragment } = encodeResultLink(original);
  const whole = opened(fragment);
  const rest = (text: string) => {
    const decoded = decodeResultLink(text);
    return decoded.ok ? null : decoded.rest;
  };

  it('are the sections before a cut', () => {
    const cut = rest(fragment.slice(0, 1200));
    expect(cut?.result.config).toEqual(original.config);
    expect(cut?.result.landscape).toEqual(whole.landscape);
    expect(cut?.result.shapley).toEqual(whole.shapley);
    expect(cut?.result.pruning).toEqual([]);
    expect(cut?.missing).toEqual(['the pruning curves', 'the loss curves']);
    expect(rest(`${fragment.slice(0, 1200)}…`)).toEqual(cut);
  });

  it('are all sections but the one that was altered', () => {
    // "A" stands for no bits, and so does what does not belong there.
    const at = 400 + fragment.slice(400).search(/[^A]/);
    for (const damaged of [
      `${fragment.slice(0, 404)}zzzz${fragment.slice(408)}`,
      `${fragment.slice(0, at)}é${fragment.slice(at + 1)}`,
      `${fragment.slice(0, 400)}${fragment.slice(409)}`,
      `${fragment.slice(0, 400)}xyzxy${fragment.slice(400)}`,
    ]) {
      const found = rest(damaged);
      expect(found?.missing).toEqual(['the landscape']);
      expect(found?.result).toEqual({ ...whole, landscape: [] });
    }
  });

  it('is everything where only something was added', () => {
    expect(rest(`${fragment}AB`)).toMatchObject({ missing: [], result: whole });
  });

  it('is nothing without the settings, or where nothing can be told', () => {
    expect(rest(fragment.slice(0, 120))).toBeNull();
    expect(rest(`${fragment.slice(0, 100)}AAAAAAAA${fragment.slice(108)}`)).toBeNull();
    expect(rest(fragment.slice(0, 9))).toBeNull();
    expect(rest('lesson-3')).toBeNull();
  });

  it('of a link of the first days is what lies before the cut, unverified', () => {
    const old = readText('tests/golden/links/r1-default.txt').trim();
    const found = rest(old.slice(0, 1500));
    expect(found?.missing).toBeNull();
    expect(found?.result.runs).toHaveLength(4);
    expect(rest(`${old.slice(0, 700)}A${old.slice(701)}`)).toBeNull();
  });
});

describe('hostile links', () => {
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.%# …';

  /** Few numbers, as every link is read thousands of times. */
  function smallStudy(): StudyResult {
    const result = studyResultFixture({ seed: 9, layers: 4 });
    return {
      ...result,
      landscape: result.landscape.filter(({ path }) => path === 'factor'),
      pruning: result.pruning.filter(({ seed }) => seed === 0),
    };
  }

  /** Sections of format 1 behind their header. */
  function oldLinkOf(sections: Uint8Array): string {
    const head = new ByteWriter();
    head.u8(1);
    head.u24(9 + sections.length);
    const whole = new ByteWriter();
    whole.bytes(head.finish());
    whole.u8(crc32(head.finish()) & 0xff);
    whole.u32(crc32(sections));
    whole.bytes(sections);
    return `r1.${toBase64Url(whole.finish())}`;
  }

  /** Deterministic and cheap. */
  function dice(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  }

  function forge(bytes: Uint8Array, roll: (below: number) => number): Uint8Array {
    const forged = [...bytes];
    for (let edits = 1 + roll(4); edits > 0; edits--) {
      const at = roll(2) === 0 ? roll(Math.min(120, forged.length)) : roll(forged.length);
      if (roll(4) > 0) forged[at] = roll(3) === 0 ? 255 : roll(256);
      else if (roll(2) === 0) forged.splice(at, 1 + roll(8));
      else forged.splice(at, 0, roll(256));
    }
    return Uint8Array.from(forged);
  }

  const { fragment } = encodeResultLink(smallStudy());
  const sections = sectionsOf(fragment);
  const old = readText('tests/golden/links/r1-merge.txt').trim();
  const oldSections = fromBase64Url(old.slice(3)).subarray(9);

  const FORMATS: [string, { link: string; forged: (roll: (below: number) => number) => string }][] = [
    ['format 1', { link: old, forged: (roll) => oldLinkOf(forge(oldSections, roll)) }],
    [
      'format 2',
      {
        link: fragment,
        forged: (roll) => {
          const which = roll(sections.length);
          return linkOf(
            sections.map(({ tag, content }, i) => ({ tag, content: i === which ? forge(content, roll) : content })),
          );
        },
      },
    ],
  ];

  /** Every list of a salvaged result is empty or what the original says; runs may lack their loss curves. */
  function expectPartOf(rest: StudyResult, original: StudyResult): void {
    expect(rest.config).toEqual(original.config);
    expect(rest.task).toEqual(original.task);
    for (const list of ['landscape', 'shapley', 'pruning'] as const)
      if (rest[list].length > 0) expect(rest[list]).toEqual(original[list]);
    rest.runs.forEach((run, i) => {
      const whole = original.runs[i];
      expect(run).toEqual(run.losses.length > 0 ? whole : { ...whole, losses: [], lossSteps: [] });
    });
  }

  /** Some ten seconds on a busy machine. */
  const LONG = { timeout: 180_000 };
  const ROUNDS = 1500;

  it.each(FORMATS)(
    'of %s with altered texts are refused with a message and what arrived whole, or say exactly what the original said',
    LONG,
    (_, { link }) => {
      const original = opened(link);
      const roll = dice(1);
      let refused = 0;
      let salvaged = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const characters = [...link];
        for (let edits = 1 + roll(3); edits > 0; edits--) {
          const at = roll(characters.length);
          const kind = roll(4);
          if (kind === 0) characters[at] = ALPHABET[roll(ALPHABET.length)];
          else if (kind === 1) characters.splice(at, 1 + roll(40));
          else if (kind === 2) characters.splice(at, 0, ALPHABET[roll(ALPHABET.length)]);
          else characters.length = at + 1;
        }
        const decoded = decodeResultLink(characters.join(''));
        if (decoded.ok) {
          expect(decoded.result).toEqual(original);
          continue;
        }
        refused++;
        expect(decoded.message.length).toBeGreaterThan(20);
        // Comparing everything every time would take a minute.
        if (decoded.rest && salvaged++ % 10 === 0) expectPartOf(decoded.rest.result, original);
      }
      expect(refused).toBeGreaterThan(0.95 * ROUNDS);
      expect(salvaged).toBeGreaterThan(0.4 * ROUNDS);
    },
  );

  it.each(FORMATS)(
    'of %s with forged contents and fitting checksums never crash, and what opens is a valid result',
    LONG,
    (_, { forged }) => {
      const roll = dice(2);
      let openedCount = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const decoded = decodeResultLink(forged(roll));
        if (!decoded.ok) continue;
        openedCount++;
        const { config, runs, landscape } = decoded.result;
        const arms = new Set(config.arms.map(({ id }) => id));
        expect(
          runs.every(
            (run) =>
              arms.has(run.arm) && run.losses.length === run.lossSteps.length && run.losses.every(Number.isFinite),
          ),
        ).toBe(true);
        expect(landscape.every((path) => path.accuracy.length === path.lambdas.length)).toBe(true);
      }
      expect(openedCount).toBeGreaterThan(15);
    },
  );

  it.each<[string, (result: StudyResult) => StudyResult, RegExp]>([
    ['repeats its runs', (r) => ({ ...r, runs: [...r.runs, ...r.runs] }), /run of arm "lora", seed 0 is there twice/],
    [
      'has an accuracy of a billion',
      (r) => ({ ...r, runs: r.runs.map((run) => ({ ...run, test: { accuracy: 1e9, loss: 1 } })) }),
      /between 0 and 1/,
    ],
    ['has runs of other seeds', (r) => ({ ...r, config: { ...r.config, seeds: [5, 6] } }), /no seed 0/],
  ])('that %s is refused', (_, change, message) =>
    expect(refusal(encodeResultLink(change(studyResultFixture())).fragment)).toMatch(message),
  );
});

describe('intervals behind a link', () => {
  it('allow for other images as they did before it, without the answers', () => {
    const result = studyResultFixture({ seeds: 3 });
    const { test: images } = result.task;
    const answered = {
      ...result,
      runs: result.runs.map((run, i) => {
        const right = Uint8Array.from({ length: images }, (_, image) => Number((image * 7 + i * 3) % 11 < 6 + (i % 2)));
        const accuracy = right.reduce((sum, one) => sum + one, 0) / images;
        return { ...run, test: { accuracy, loss: 1, correct: packBits(right) } };
      }),
    };
    const { fragment } = encodeResultLink(answered, 1e6);
    const [before, after] = [answered, opened(fragment)].map((study) =>
      armDifference(study, TEST_ACCURACY, 'lora', 'copra')!,
    );
    expect(before.scope).toBe('seeds and images');
    expect(after.scope).toBe('seeds and images');
    expect(after.low).toBeCloseTo(before.low, 4);
    expect(after.high).toBeCloseTo(before.high, 4);
    expect(JSON.stringify(opened(fragment))).not.toContain('correct');
  });
});
