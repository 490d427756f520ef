import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonFile } from '../../../tests/support/files.ts';
import { tried } from '../../../tests/support/sample.ts';
import { studyResultFixture, withModules } from '../../../tests/fixtures/study-result.ts';
import { said } from '../../core/language/catalogue.ts';
import { stream } from '../../core/rng.ts';
import { mean } from '../../core/statistics.ts';
import { ESTIMATORS } from '../../copra/shapley/estimator-ids.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { armDifference } from '../../study/result/measures/arm-difference.ts';
import { withoutAnswers } from '../../study/result/measures/image-variances.ts';
import { SHOWN_MEASURES } from '../../study/result/measures/shown.ts';
import { packBits } from '../../platform/bits.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { FINE } from './fidelity.ts';
import { ResultEncoder } from './result-codec.ts';
import { decodeResultLink, encodeResultLink, GOOD_LENGTH, MAX_LENGTH } from './result-link.ts';
import { opened, refusal, sectionsOf, linkOf, expectSame } from './test-links.ts';

const NO_ANALYSES = { landscape: [], shapley: [], pruning: [] };

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
    if (!whole.ok) throw new Error(whole.message());
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
      { numRuns: tried(40) },
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

  it('of a running study is one that was stopped, also in older links', () => {
    const running: StudyResult = { ...studyResultFixture(), status: 'running' };
    const { fragment, kept } = encodeResultLink(running);
    expect([kept.status, opened(fragment).status]).toEqual(['stopped', 'stopped']);
    expect(opened(linkOf(new ResultEncoder().encode(running, FINE, [])!)).status).toBe('stopped');
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

  it('keeps prompts as long as they may be, in every script', () => {
    const result = studyResultFixture();
    for (const letter of ['a', 'é', '写', 'ไ', '🙂']) {
      const text = (most: number) => letter.repeat(Math.floor(most / letter.length));
      const prompts = { templates: [`{}${text(198)}`], perClass: { [text(100)]: text(200) } };
      const config = { ...result.config, prompts };
      expect(opened(encodeResultLink({ ...result, config }).fragment).config).toEqual(config);
    }
  });

  it('keeps as many validations as it can hold, and fewer of more', () => {
    const result = studyResultFixture();
    const config = { ...result.config, arms: result.config.arms.slice(0, 1), seeds: [0] };
    const validated = (count: number): StudyResult => {
      const validation = Array.from({ length: count }, (_, i) => ({ step: i + 1, accuracy: 0.5, loss: 1.5 }));
      return { ...result, config, runs: [{ ...result.runs[0], steps: count, validation }], ...NO_ANALYSES };
    };
    const read = (count: number) => opened(encodeResultLink(validated(count)).fragment).runs[0].validation;
    for (const count of [4096, 4097, 8000]) expect(read(count)).toHaveLength(count);
    expect(read(9000).length).toBeLessThan(10);
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
      expect(decoded.ok && said(decoded.notes).filter((note) => note.startsWith('The link leaves out'))).toEqual(
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
      /altered on the way: its character 91 does not belong there/,
    );
    expect(refusal(fragment.replace('r2.', 'r3.'))).toMatch(/format 3, and this page reads formats 1 and 2/);
    expect(refusal('lesson-3')).toMatch(/no result/);
    expect(refusal('%E0%A4%A')).toMatch(/no result/);
    expect(refusal(`r1.${'A'.repeat(1e5)}`)).toMatch(/too long/);
  });

  it('of a later version open without the sections that are unknown here', () => {
    const decoded = decodeResultLink(linkOf([...sectionsOf(fragment), { tag: 99, content: Uint8Array.of(1, 2, 3) }]));
    expect(decoded.ok && decoded.result).toEqual(result);
    expect(decoded.ok && said(decoded.notes).join()).toMatch(/newer version/);
  });

  it('of a later version that has further settings say that there are some, and cannot be run', () => {
    const { config } = result;
    const [lora, ...arms] = config.arms;
    for (const later of [
      { ...config, training: { ...config.training, labelSmoothing: 0.1 } },
      { ...config, arms: [{ ...lora, mixup: 0.4 }, ...arms] },
    ]) {
      const decoded = decodeResultLink(encodeResultLink({ ...result, config: later }).fragment);
      if (!decoded.ok) throw new Error(decoded.message());
      expect(decoded.result.config).toEqual({ ...config, incomplete: true });
      expect(said(decoded.notes).join()).toMatch(/newer version/);
      const passedOn = decodeResultLink(encodeResultLink(decoded.result).fragment);
      expect(passedOn.ok && passedOn.result.config.incomplete).toBe(true);
    }
  });
});

describe('intervals behind a link', () => {
  const IMAGES = 200;

  /** A study of these seeds with the answers of every run and of every point of its paths. */
  function answeredStudy(seed: number, seeds: number): StudyResult {
    const result = studyResultFixture({ seed, seeds, testImages: IMAGES });
    const rng = stream(seed, 'analysis');
    const ease = Array.from({ length: IMAGES }, () => 0.5 + 0.4 * rng.uniform());
    const answers = (skill: number) => {
      const right = Uint8Array.from(ease, (one) => Number(rng.uniform() < one * skill));
      return { accuracy: mean(right), correct: packBits(right) };
    };
    const runs = result.runs.map((run) => ({ ...run, test: { ...answers(1), loss: 1 } }));
    const landscape = result.landscape.map((path) => {
      const points = path.lambdas.map((lambda) => answers(1 - lambda * (1 - lambda)));
      const accuracy = points.map((point) => point.accuracy);
      return { ...path, accuracy, correct: points.map(({ correct }) => correct) };
    });
    const { analyses } = result.config;
    const config = { ...result.config, analyses: { ...analyses, testImages: null } };
    const task = { ...result.task, test: IMAGES };
    return { ...result, task, runs, landscape, shapley: [], pruning: [], config };
  }

  /** What the whole result holds of the seeds and pairs that a link kept. */
  const leftOf = (whole: StudyResult, { runs, landscape }: StudyResult): StudyResult => ({
    ...whole,
    runs: whole.runs.filter(({ arm, seed }) => runs.some((run) => run.arm === arm && run.seed === seed)),
    landscape: whole.landscape.filter(({ arm, path, seeds }) =>
      landscape.some((kept) => kept.arm === arm && kept.path === path && kept.seeds.join() === seeds.join()),
    ),
  });

  const MEASURES = SHOWN_MEASURES.filter(({ id }) =>
    ['test-accuracy', 'midpoint factor', 'barrier factor'].includes(id),
  );

  it('are those of the seeds that it keeps, however few', () => {
    const scopes = new Set<string | null>();
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 400, max: 1200 }),
        (seed, seeds, most) => {
          const whole = answeredStudy(seed, seeds);
          const read = opened(encodeResultLink(whole, most).fragment);
          for (const measure of MEASURES) {
            const kept = armDifference(read, measure, 'lora', 'copra');
            const expected = armDifference(leftOf(whole, read), measure, 'lora', 'copra');
            expect(kept?.scope).toBe(expected?.scope);
            scopes.add(kept?.scope ?? null);
            if (!kept?.scope || !expected) continue;
            // Points of paths may be rounded to four images.
            const [width, should] = [kept, expected].map(({ low, high }) => high - low);
            expect(Math.abs(width / should - 1)).toBeLessThan(kept.scope === 'images' ? 1e-3 : 0.3);
          }
        },
      ),
      { numRuns: tried(20) },
    );
    expect([...scopes]).toEqual(expect.arrayContaining(['seeds and images', 'images', null]));
  });

  it('are none where neither the answers are known nor the spread over seeds', () => {
    const whole = readJsonFile('public/showcase/few-shots.json') as StudyResult;
    const measure = SHOWN_MEASURES.find(({ id }) => id === 'midpoint factor')!;
    const [baseline, other] = whole.config.arms.map(({ id }) => id);
    expect(armDifference(whole, measure, baseline, other)?.scope).toBe('seeds and images');
    const short = opened(encodeResultLink(whole, 1230).fragment);
    expect(armDifference(short, measure, baseline, other)).toMatchObject({ scope: null });
    expect(armDifference(short, TEST_ACCURACY, baseline, other)?.scope).toBe('seeds and images');
  });

  it('are none in older links, which had the variances of all seeds', () => {
    const whole = withoutAnswers(answeredStudy(1, 4), MEASURES);
    const landscape = whole.landscape.filter(({ seeds }) => seeds.join() === '0,1');
    const sections = new ResultEncoder().encode({ ...whole, landscape }, FINE, [10])!;
    const read = opened(linkOf(sections));
    expect(MEASURES.map((measure) => armDifference(read, measure, 'lora', 'copra')!.scope)).toEqual([
      'seeds and images',
      null,
      null,
    ]);
  });

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
