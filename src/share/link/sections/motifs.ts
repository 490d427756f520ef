/** Sections 28 and 29: how many motifs the test images show, and what that does to the sampling error; and the same of other domains. */
import { countMotifs } from '../../../study/result/motifs.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { testedImages } from '../../../study/result/tested-images.ts';
import { BinaryError, type Reader } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import type { Section } from '../section.ts';
import { LINK_CHECKS } from '../words.ts';

/** Design effects are written in thousandths. */
const STEPS = 1000;

function writeMotifs(writer: CodedWriter, result: StudyResult): void {
  const { motifs, designEffect } = result.task;
  writer.varint(countMotifs(motifs, testedImages(result)) ?? 0);
  writer.varint(designEffect === undefined ? 0 : Math.round(STEPS * designEffect));
}

function readMotifs(reader: Reader, { task }: StudyResult): Partial<StudyResult> {
  const motifs = reader.varint('the number of motifs');
  const effect = reader.varint('a design effect');
  if (effect > 0 && effect < STEPS) throw new BinaryError(LINK_CHECKS.designEffect);
  return { task: { ...task, motifs, ...(effect > 0 && { designEffect: effect / STEPS }) } };
}

/** Read before what follows from accuracies and their sampling errors. */
export const MOTIFS_SECTION: Section = {
  tag: 28,
  supplement: true,
  holds: ({ task }) => task.motifs !== undefined,
  from: ({ task }) => [task.motifs, task.designEffect],
  details: [],
  reductions: [],
  write: writeMotifs,
  read: readMotifs,
};

const countsOf = ({ domains }: StudyResult): readonly number[] => {
  const counts = domains?.motifCounts;
  return counts ? [...counts.domains, counts.others] : [];
};

function readDomainMotifs(reader: Reader, { domains: part }: StudyResult): Partial<StudyResult> {
  if (!part) throw new BinaryError(LINK_CHECKS.noDomains);
  const domains = part.domains.map(() => reader.varint('the motifs of a domain'));
  return { domains: { ...part, motifCounts: { domains, others: reader.varint('the motifs of other domains') } } };
}

export const DOMAIN_MOTIFS_SECTION: Section = {
  tag: 29,
  supplement: true,
  holds: (result) => countsOf(result).length > 0,
  from: countsOf,
  details: [],
  reductions: [],
  write: (writer, result) => countsOf(result).forEach((count) => writer.varint(count)),
  read: readDomainMotifs,
};
