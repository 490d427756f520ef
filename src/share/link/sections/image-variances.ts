/**
 * Section 27: what the choice of test images adds to the variance of differences between arms, for the intervals that the page shows. Section 14 holds the
 * same in links of earlier versions, in one of two forms.
 */
import type { StudyResult } from '../../../study/result/result.ts';
import { BinaryError, type Reader, type Writer } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import type { Section } from '../section.ts';
import { LINK_CHECKS } from '../words.ts';
import { MAX_ENTRIES, readArm, readName, writeArm } from './context.ts';

/** By position in the link: append only. */
const MEASURES = [
  'test-accuracy',
  'midpoint factor',
  'barrier factor',
  'barrier factor orthogonal',
  'barrier factor invertible',
  'gain even odd',
  'half factors',
  'top third',
  'other domains',
  'other domains half',
  'other domains midpoint factor',
  'mean interaction',
  'other domains equal task',
  'accuracy even odd',
  'merged updates',
  'federated accuracy',
] as const;

/** Bits of the mask that says which measures follow. */
const MOST_MEASURES = 28;

type ImageVariance = NonNullable<StudyResult['imageVariances']>[number];

const shown = ({ imageVariances = [] }: StudyResult): ImageVariance[] =>
  imageVariances.filter(({ measure }) => (MEASURES as readonly string[]).includes(measure));

/** Comparisons of two arms, each with its measures in the order of MEASURES. */
function writeImageVariances(writer: CodedWriter, result: StudyResult): void {
  const kept = shown(result);
  const pairs = new Map(kept.map(({ baseline, other }) => [`${baseline} ${other}`, { baseline, other }]));
  writer.varint(pairs.size);
  for (const { baseline, other } of pairs.values()) {
    const own = MEASURES.map((measure) =>
      kept.find((entry) => entry.measure === measure && entry.baseline === baseline && entry.other === other),
    );
    writeArm(writer, result, baseline);
    writeArm(writer, result, other);
    writer.varint(own.reduce((mask, entry, i) => (entry ? mask | (1 << i) : mask), 0));
    for (const entry of own) if (entry) writeVariance(writer, entry.variance);
  }
}

function readImageVariances(reader: Reader, known: Pick<StudyResult, 'config'>): ImageVariance[] {
  return Array.from({ length: reader.count(MAX_ENTRIES, 'the number of compared arms') }, () => {
    const arms = { baseline: readArm(reader, known), other: readArm(reader, known) };
    const mask = reader.varint('the measures of a comparison');
    const found: ImageVariance[] = [];
    // Bits beyond the list are measures of a later version.
    for (let bit = 0; bit < MOST_MEASURES; bit++) {
      if ((mask & (1 << bit)) === 0) continue;
      const variance = readVariance(reader);
      if (bit < MEASURES.length) found.push({ measure: MEASURES[bit], ...arms, variance });
    }
    return found;
  }).flat();
}

/** Version 1.0.0 had the first of the measures, and wrote every variance with its measure and both arms. */
const FIRST_MEASURES = MEASURES.slice(0, 8);

const readFirstForm = (reader: Reader, known: Pick<StudyResult, 'config'>): ImageVariance[] =>
  Array.from({ length: reader.count(MAX_ENTRIES, 'the number of variances') }, () => ({
    measure: readName(reader, FIRST_MEASURES, 'A measure'),
    baseline: readArm(reader, known),
    other: readArm(reader, known),
    variance: readVariance(reader),
  }));

/** What a form makes of the bytes; null where no writer of that form has written them. */
function inForm(
  read: typeof readFirstForm,
  reader: Reader,
  known: Pick<StudyResult, 'config'>,
): ImageVariance[] | null {
  try {
    const found = read(reader, known);
    const names = new Set(found.map(({ measure, baseline, other }) => [measure, baseline, other].join('\n')));
    const sound =
      names.size > 0 && names.size === found.length && found.every(({ baseline, other }) => baseline !== other);
    return sound && reader.isAtEnd ? found : null;
  } catch (error) {
    if (error instanceof BinaryError) return null;
    throw error;
  }
}

/**
 * The section does not say which of the two forms it has. Bytes that a writer of a form has written make sense in that form, so that those of which only one
 * form makes sense are of it.
 * @throws BinaryError where neither does, or both
 */
function readEarlierForms(reader: Reader, known: Pick<StudyResult, 'config'>): ImageVariance[] {
  const [found, other] = [readFirstForm, readImageVariances]
    .map((read) => inForm(read, reader.again(), known))
    .filter((variances) => variances !== null);
  if (found === undefined || other !== undefined) throw new BinaryError(LINK_CHECKS.noForm);
  return found;
}

/** 16 bits: 0 for none, else steps of 1/1024 of a factor of two from 2⁻⁴⁸ on, which keeps interval bounds exact to 1/3000. */
const STEPS = 1024;
const LOWEST = -48;

function toLogarithm(variance: number): number {
  if (!(variance > 0)) return 0;
  return Math.min(0xffff, Math.max(1, 1 + Math.round(STEPS * (Math.log2(variance) - LOWEST))));
}

const fromLogarithm = (code: number): number => (code === 0 ? 0 : 2 ** ((code - 1) / STEPS + LOWEST));

export const writeVariance = (writer: Writer, variance: number): void => writer.u16(toLogarithm(variance));
export const readVariance = (reader: Reader): number => fromLogarithm(reader.u16('a variance'));

export const IMAGE_VARIANCES_SECTION: Section = {
  tag: 27,
  supplement: true,
  holds: (result) => shown(result).length > 0,
  from: ({ imageVariances }) => imageVariances,
  details: [],
  reductions: [],
  write: writeImageVariances,
  read: (reader, known) => ({ imageVariances: readImageVariances(reader, known) }),
};

export const EARLIER_IMAGE_VARIANCES_SECTION: Section = {
  ...IMAGE_VARIANCES_SECTION,
  tag: 14,
  holds: () => false,
  read: (reader, known) => ({ imageVariances: readEarlierForms(reader, known) }),
};
