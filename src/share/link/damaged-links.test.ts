import { describe, expect, it } from 'vitest';
import { readText } from '../../../tests/support/files.ts';
import { tried } from '../../../tests/support/sample.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { crc32 } from '../../core/crc32.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { ByteWriter } from './binary.ts';
import { decodeResultLink, encodeResultLink } from './result-link.ts';
import { opened, refusal, sectionsOf, linkOf } from './test-links.ts';

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
  const ROUNDS = tried(800);

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
        expect(decoded.message().length).toBeGreaterThan(20);
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
      expect(openedCount).toBeGreaterThan(0.01 * ROUNDS);
    },
  );

  it.each<[string, (result: StudyResult) => StudyResult, RegExp]>([
    ['repeats its runs', (r) => ({ ...r, runs: [...r.runs, ...r.runs] }), /“runs” has arm “lora”, seed 0 twice/],
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
