/**
 * Section 10: paths with aligned factors, and the values of all paths on training images. Separate from section 3, because readers of earlier versions know
 * neither. Present only in links of studies with either.
 */
import { barrier } from '../../../copra/landscape.ts';
import type { LandscapeResult } from '../../../study/analyses/landscape/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import type { Section } from '../../link/section.ts';
import { readName } from '../../link/sections/context.ts';
import { plainPaths, readLandscapes, writeLandscapes } from './link.ts';
import { readScores, writeScores } from '../../link/sections/scores.ts';

/** By position in the link: append only. */
const ALIGNED = ['orthogonal', 'invertible'] as const;

const aligned = ({ landscape }: StudyResult): LandscapeResult[] => landscape.filter(({ alignment }) => alignment);

/** Writes aligned paths as in section 3, their alignments, then the training-image values of all paths, the plain ones first. */
function writeMoreLandscapes(writer: CodedWriter, result: StudyResult): void {
  const extra = aligned(result);
  writeLandscapes(writer, { ...result, landscape: extra });
  for (const { alignment } of extra) writer.u8(alignment ? ALIGNED.indexOf(alignment) : 0);
  const all = [...plainPaths(result), ...extra];
  for (const { train } of all) writer.varint(train?.images ?? 0);
  const trained = all.flatMap(({ train }) => (train ? [train] : []));
  writeScores(
    writer,
    { accuracy: trained.map(({ accuracy }) => accuracy), loss: trained.map(({ loss }) => loss) },
    { sizes: trained.map(({ images }) => images), accuracy: 'path', loss: 'path' },
  );
}

/** @param known its landscape holds the paths of section 3; if they did not arrive, what refers to them is left out. */
function readMoreLandscapes(
  reader: Reader,
  known: Pick<StudyResult, 'config' | 'task' | 'landscape'>,
): LandscapeResult[] {
  const extra = readLandscapes(reader, known).map((path): LandscapeResult => {
    return { ...path, alignment: readName(reader, ALIGNED, 'An alignment') };
  });
  const { landscape } = known;
  if (landscape.length === 0) return extra;
  const all = [...landscape, ...extra];
  const images = all.map(() => reader.varint('a number of training images'));
  const lengths = all.flatMap(({ lambdas }, i) => (images[i] > 0 ? [lambdas.length] : []));
  const { accuracy: accuracies, loss: losses } = readScores(reader, lengths, 'on training images');
  let next = 0;
  return all.map((path, i): LandscapeResult => {
    if (images[i] === 0) return path;
    const [accuracy, loss] = [accuracies[next], losses[next]];
    next++;
    // A path of fewer than two points has no barrier.
    const of = (values: readonly number[], kind: 'accuracy' | 'loss') =>
      values.length > 1 ? barrier(path.lambdas, values, kind) : 0;
    const barriers = { barrierAccuracy: of(accuracy, 'accuracy'), barrierLoss: of(loss, 'loss') };
    return { ...path, train: { images: images[i], accuracy, loss, ...barriers } };
  });
}

const hasMore = ({ landscape }: StudyResult): boolean => landscape.some(({ alignment, train }) => alignment ?? train);

function withoutMore(result: StudyResult): StudyResult {
  if (!hasMore(result)) return result;
  return { ...result, landscape: plainPaths(result).map((entry) => ({ ...entry, train: undefined })) };
}

export const MORE_LANDSCAPES_SECTION: Section = {
  tag: 10,
  holds: hasMore,
  from: ({ landscape }) => landscape,
  details: ['path'],
  reductions: [{ code: 19, worth: 350, figure: 'asked', apply: withoutMore }],
  write: writeMoreLandscapes,
  read: (reader, known) => ({ landscape: readMoreLandscapes(reader, known) }),
};
