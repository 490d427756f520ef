/** Sections 28 to 31: how many motifs test images show, and what that does to the sampling error. They stand beside figures: a number that cannot be is left out. */
import { domainsSample } from '../../../study/result/measures/domains.ts';
import { areMotifsOf, countMotifs } from '../../../study/result/motifs.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { imagesOfTasks, testedImages } from '../../../study/result/tested-images.ts';
import { BinaryError, type Reader } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import type { Section } from '../section.ts';
import { LINK_CHECKS } from '../words.ts';

/** Design effects are written in thousandths. */
const STEPS = 1000;

const inThousandths = (effect: number): number => Math.round(STEPS * effect);

/** A design effect as the reader of a link gets it. */
export const effectInLink = (effect: number): number => inThousandths(effect) / STEPS;

/** @throws BinaryError where so many images cannot show as many */
function readCount(reader: Reader, what: string, images: number): number {
  const motifs = reader.varint(what);
  if (!areMotifsOf(motifs, images)) throw new BinaryError(LINK_CHECKS.motifs(motifs, images));
  return motifs;
}

function writeMotifs(writer: CodedWriter, { task: { motifs, designEffect } }: StudyResult): void {
  if (motifs === undefined) return;
  writer.varint(countMotifs(motifs));
  writer.varint(designEffect === undefined ? 0 : inThousandths(designEffect));
}

function readMotifs(reader: Reader, { task, config }: StudyResult): Partial<StudyResult> {
  const motifs = readCount(reader, 'the number of motifs', testedImages({ task, config }));
  const effect = reader.varint('a design effect');
  if (effect > 0 && effect < STEPS) throw new BinaryError(LINK_CHECKS.designEffect);
  return { task: { ...task, motifs, ...(effect > 0 && { designEffect: effect / STEPS }) } };
}

const SUPPLEMENT = { supplement: true, details: [], reductions: [] } as const;

/** Read before what follows from accuracies and their sampling errors. */
export const MOTIFS_SECTION: Section = {
  ...SUPPLEMENT,
  tag: 28,
  holds: ({ task }) => task.motifs !== undefined,
  from: ({ task }) => [task.motifs, task.designEffect],
  write: writeMotifs,
  read: readMotifs,
};

const countsOf = ({ domains }: StudyResult): readonly number[] => {
  const counts = domains?.motifCounts;
  return counts ? [...counts.domains, counts.others] : [];
};

function readDomainMotifs(reader: Reader, { domains: part }: StudyResult): Partial<StudyResult> {
  if (!part) return {};
  const domains = part.domains.map(({ images }) => readCount(reader, 'the motifs of a domain', images));
  const others = readCount(reader, 'the motifs of other domains', domainsSample(part, 'others').images);
  return { domains: { ...part, motifCounts: { domains, others } } };
}

export const DOMAIN_MOTIFS_SECTION: Section = {
  ...SUPPLEMENT,
  tag: 29,
  holds: (result) => countsOf(result).length > 0,
  from: countsOf,
  write: (writer, result) => countsOf(result).forEach((count) => writer.varint(count)),
  read: readDomainMotifs,
};

export const TASKS_MOTIFS_SECTION: Section = {
  ...SUPPLEMENT,
  tag: 30,
  holds: ({ multitask }) => multitask?.motifs !== undefined,
  from: ({ multitask }) => multitask?.motifs,
  write: (writer, { multitask }) => writer.varint(countMotifs(multitask?.motifs ?? 0)),
  read: (reader, { multitask: part }) =>
    part ? { multitask: { ...part, motifs: readCount(reader, 'the motifs of all tasks', imagesOfTasks(part)) } } : {},
};

/** Per entry of section 4, 0 where it is not known. */
export const CREDIT_MOTIFS_SECTION: Section = {
  ...SUPPLEMENT,
  tag: 31,
  holds: ({ shapley }) => shapley.some(({ motifs }) => motifs !== undefined),
  from: ({ shapley }) => shapley.map(({ motifs }) => motifs),
  write: (writer, { shapley }) => shapley.forEach(({ motifs = 0 }) => writer.varint(motifs)),
  read(reader, { shapley }) {
    const counted = shapley.map((entry) => {
      const motifs = reader.varint('the motifs of Shapley values');
      if (motifs > entry.images) throw new BinaryError(LINK_CHECKS.motifs(motifs, entry.images));
      return motifs > 0 ? { ...entry, motifs } : entry;
    });
    return { shapley: counted };
  },
};
