import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tried } from '../../../../tests/support/sample.ts';
import { said } from '../../../core/language/catalogue.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { CodedReader, CodedWriter } from '../coded-io.ts';
import { BinaryError } from '../binary.ts';
import { FINE } from '../fidelity.ts';
import { decodeResultLink, encodeResultLink } from '../result-link.ts';
import { linkOf, sectionsOf } from '../test-links.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { comparedPairs } from '../../../study/result/measures/compared-pairs.ts';
import { SHOWN_MEASURES } from '../../../study/result/measures/shown.ts';
import { EARLIER_IMAGE_VARIANCES_SECTION, IMAGE_VARIANCES_SECTION, writeVariance } from './image-variances.ts';

type Variances = NonNullable<StudyResult['imageVariances']>;

/** Measures of version 1.0.0, at their places. */
const MEASURES = [
  ...['test-accuracy', 'midpoint factor', 'barrier factor', 'barrier factor orthogonal'],
  ...['barrier factor invertible', 'gain even odd', 'half factors', 'top third'],
];
const SHOWN = SHOWN_MEASURES.map(({ id }) => id);

const studyOf = (arms: number, imageVariances: Variances = []): StudyResult => {
  const result = studyResultFixture();
  const [lora, copra] = result.config.arms;
  const more = Array.from({ length: arms }, (_, i) => ({ ...(i % 2 ? copra : lora), id: `arm-${i}` }));
  return { ...result, config: { ...result.config, arms: more }, imageVariances };
};

/** As version 1.0.0 wrote them. */
function firstForm({ config, imageVariances = [] }: StudyResult): Uint8Array {
  const writer = new CodedWriter(FINE);
  const placeOf = (arm: string): number => config.arms.findIndex(({ id }) => id === arm);
  writer.varint(imageVariances.length);
  for (const { measure, baseline, other, variance } of imageVariances) {
    for (const place of [MEASURES.indexOf(measure), placeOf(baseline), placeOf(other)]) writer.u8(place);
    writeVariance(writer, variance);
  }
  return writer.finish();
}

function secondForm(result: StudyResult): Uint8Array {
  const writer = new CodedWriter(FINE);
  IMAGE_VARIANCES_SECTION.write(writer, result);
  return writer.finish();
}

const FORMS = { 'of 1.0.0': firstForm, 'of builds after it': secondForm };

/** Null where they are refused. */
function read(content: Uint8Array, known: StudyResult): Variances | null {
  try {
    return EARLIER_IMAGE_VARIANCES_SECTION.read(new CodedReader(content), known).imageVariances ?? [];
  } catch (error) {
    if (error instanceof BinaryError) return null;
    throw error;
  }
}

/** Variances that links hold exactly, many of them the smallest ones and none. */
const variance = fc
  .oneof(fc.constant(0), fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 65_535 }))
  .map((code) => (code === 0 ? 0 : 2 ** ((code - 1) / 1024 - 48)));
const someOf = (measures: string[]) => fc.subarray(measures, { minLength: 1 });
const someMeasures = someOf(MEASURES);
const ids = (arms: number): string[] => Array.from({ length: arms }, (_, i) => `arm-${i}`);

/** Any pairs of arms with any of these measures. */
const anyStudyOf = (all: string[], variances = variance) =>
  fc.integer({ min: 2, max: 8 }).chain((arms) => {
    const pairs = ids(arms).flatMap((baseline) =>
      ids(arms).flatMap((other) => (baseline === other ? [] : [{ baseline, other }])),
    );
    const perPair = fc.tuple(someOf(all), fc.array(variances, { minLength: all.length, maxLength: all.length }));
    return fc
      .shuffledSubarray(pairs, { minLength: 1 })
      .chain((chosen) => fc.tuple(...chosen.map((pair) => perPair.map((values) => ({ pair, values })))))
      .map((entries) =>
        studyOf(
          arms,
          entries.flatMap(({ pair, values: [measures, values] }) =>
            measures.map((measure, i) => ({ measure, ...pair, variance: values[i] })),
          ),
        ),
      );
  });
const anyStudy = anyStudyOf(MEASURES);

/** The pairs that pages compare, all with the same measures, the first of them the test accuracy. */
const usualStudy = fc
  .tuple(fc.integer({ min: 2, max: 8 }), someMeasures, fc.infiniteStream(variance))
  .map(([arms, measures, values]) => {
    const kept = MEASURES.filter((measure, i) => i === 0 || measures.includes(measure));
    const pairs = comparedPairs(studyOf(arms).config);
    return studyOf(
      arms,
      pairs.flatMap((pair) => kept.map((measure) => ({ measure, ...pair, variance: values.next().value as number }))),
    );
  });

describe.each(Object.entries(FORMS))('variances over images in the form %s', (_, write) => {
  it('are never taken for others', () =>
    fc.assert(
      fc.property(anyStudy, (study) => {
        expect([study.imageVariances, null]).toContainEqual(read(write(study), study));
      }),
      { numRuns: tried(200) },
    ));

  it('are read where they are of a study’s usual pairs', () =>
    fc.assert(
      fc.property(usualStudy, (study) => {
        expect(read(write(study), study)).toEqual(study.imageVariances);
      }),
      { numRuns: tried(200) },
    ));
});

const readSection = (content: Uint8Array, known: StudyResult): Variances =>
  IMAGE_VARIANCES_SECTION.read(new CodedReader(content), known).imageVariances ?? [];

const inNoOrder = (variances: Variances = []) => new Set(variances.map((entry) => JSON.stringify(entry)));

describe('variances over images of all measures that the page shows', () => {
  it('arrive, each at its place', () =>
    fc.assert(
      fc.property(anyStudyOf(SHOWN), (study) => {
        expect(inNoOrder(readSection(secondForm(study), study))).toEqual(inNoOrder(study.imageVariances));
      }),
      { numRuns: tried(100) },
    ));

  it('arrive as variances, whatever they are', () =>
    fc.assert(
      fc.property(anyStudyOf(SHOWN, fc.double()), (study) => {
        const read = readSection(secondForm(study), study);
        expect(read).toHaveLength(study.imageVariances!.length);
        for (const { measure, baseline, other, variance } of read) {
          const { variance: written } = study.imageVariances!.find(
            (entry) => entry.measure === measure && entry.baseline === baseline && entry.other === other,
          )!;
          if (!(written > 0)) expect(variance).toBe(0);
          else if (written > 2 ** -48 && written < 2 ** 15) expect(variance / written).toBeCloseTo(1, 3);
          else expect(variance === 2 ** -48 || (variance >= 2 ** 15 && variance <= 2 ** 16)).toBe(true);
        }
      }),
      { numRuns: tried(100) },
    ));

  it('are refused or are variances of the study, whatever bytes say', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.uint8Array({ maxLength: 60 }), (arms, bytes) => {
        const study = studyOf(arms);
        let read: Variances = [];
        try {
          read = readSection(bytes, study);
        } catch (error) {
          expect(error).toBeInstanceOf(BinaryError);
        }
        for (const { measure, baseline, other, variance } of read) {
          expect(SHOWN).toContain(measure);
          for (const arm of [baseline, other]) expect(ids(arms)).toContain(arm);
          expect(variance).toBeGreaterThanOrEqual(0);
          expect(variance).toBeLessThanOrEqual(2 ** 16);
        }
      }),
      { numRuns: tried(200) },
    ));

  it('are refused where more comparisons are announced than there are, or arms that are not', () => {
    const study = studyOf(2);
    for (const [comparisons, arm] of [
      [1000, 1],
      [2 ** 40, 1],
      [1, 9],
    ]) {
      const writer = new CodedWriter(FINE);
      writer.varint(comparisons);
      writer.u8(0);
      writer.u8(arm);
      writer.varint(1);
      writeVariance(writer, 1e-4);
      expect(() => readSection(writer.finish(), study)).toThrow(BinaryError);
    }
  });

  it('of a later version are left out, and those beside them are not', () => {
    const study = studyOf(2);
    const writer = new CodedWriter(FINE);
    for (const write of [1, 0, 1]) writer.varint(write);
    writer.varint(1 + 2 ** 27);
    for (const value of [2 ** -10, 2 ** -9]) writeVariance(writer, value);
    expect(readSection(writer.finish(), study)).toEqual([
      { measure: 'test-accuracy', baseline: 'arm-0', other: 'arm-1', variance: 2 ** -10 },
    ]);
  });
});

it('of no form cost a link nothing else, and are named', () => {
  const result = studyResultFixture();
  const sections = sectionsOf(encodeResultLink(result).fragment);
  const whole = decodeResultLink(linkOf(sections));
  const damaged = decodeResultLink(linkOf([...sections, { tag: 14, content: new Uint8Array([7, 9, 200, 3]) }]));
  if (!whole.ok || !damaged.ok) throw new Error('refused');
  expect(damaged.result).toEqual(whole.result);
  const note = 'Parts of the link could not be read and are not shown: the intervals over images.';
  expect(said(damaged.notes)).toEqual([...said(whole.notes), note]);
});
