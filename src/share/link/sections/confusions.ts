/** Section 21: how often which class was taken for which. Present only in links of studies whose predictions are known, of at most 100 classes. */
import type { StudyResult } from '../../../study/result/result.ts';
import type { Confusion } from '../../../study/predictions/result.ts';
import { BinaryError, type Reader } from '../binary.ts';
import { CodedReader, type CodedWriter } from '../coded-io.ts';
import { withoutPart, type Reduction } from '../reduction.ts';
import type { Section } from '../section.ts';
import { MAX_ENTRIES, readArm, writeArm } from './context.ts';
import { LINK_CHECKS } from '../words.ts';

/** With more, a section would hold more numbers than readers accept. */
const MOST_CLASSES = 100;
/** More answers than any study counts in one place. */
const MAX_COUNT = 2 ** 24;

const BACKBONE = 0;
const ARM = 1;

/** Number of matrices that fit. */
const matricesThatFit = ({ length }: StudyResult['task']['classes']): number =>
  Math.floor(MOST_CLASSES ** 2 / Math.max(1, length ** 2));

function writeConfusions(writer: CodedWriter, { confusions: entries = [], ...result }: StudyResult): void {
  writer.varint(entries.length);
  for (const { arm, seeds } of entries) {
    writer.u8(arm === null ? BACKBONE : ARM);
    if (arm === null) continue;
    writeArm(writer, result, arm);
    writer.varint(seeds.length);
    for (const seed of seeds) writer.varint(seed);
  }
  const curves = entries.map(({ counts }) => counts);
  const highest = curves.flat().reduce((most, count) => Math.max(most, count), 0);
  writer.varint(highest);
  writer.curves(curves, { lowest: 0, highest }, {});
}

function readConfusions(reader: Reader, known: StudyResult): Confusion[] {
  if (!(reader instanceof CodedReader)) throw new BinaryError(LINK_CHECKS.oldConfusions);
  const heads = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of confusions') }, () => {
    const kind = reader.u8('a confusion');
    if (kind === BACKBONE) return { arm: null, seeds: [] };
    if (kind !== ARM) throw new BinaryError(LINK_CHECKS.unknownKind('A confusion'));
    const arm = readArm(reader, known);
    const seeds = Array.from({ length: reader.count(MAX_ENTRIES, 'the seeds of a confusion') }, () =>
      reader.varint('a seed'),
    );
    return { arm, seeds };
  });
  const highest = reader.count(MAX_COUNT, 'the largest count of a confusion');
  const lengths = heads.map(() => known.task.classes.length ** 2);
  const counts = reader.curves(lengths, { lowest: 0, highest }, {}, 'the confusions');
  return heads.map((head, i) => ({ ...head, counts: counts[i] }));
}

const withoutAny = withoutPart('confusions');

const ANY: Omit<Reduction, 'worth'> = { code: 70, kind: 'confusions', figure: 'unasked' };

export const CONFUSIONS_SECTION: Section = {
  tag: 21,
  supplement: true,
  holds: ({ confusions = [] }) => confusions.length > 0,
  from: ({ confusions }) => confusions,
  details: [],
  reductions: [
    // Where there is no room for those of a single arm.
    { ...ANY, worth: 0, apply: (result) => (matricesThatFit(result.task.classes) === 0 ? withoutAny(result) : result) },
    {
      code: 80,
      worth: 0,
      kind: 'confusions',
      apply(result) {
        const most = matricesThatFit(result.task.classes);
        const { confusions = [] } = result;
        return confusions.length > most ? { ...result, confusions: confusions.slice(0, most) } : result;
      },
    },
    { ...ANY, worth: 220, apply: withoutAny },
  ],
  write: writeConfusions,
  read: (reader, known) => ({ confusions: readConfusions(reader, known) }),
};
