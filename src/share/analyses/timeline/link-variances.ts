/** Section 33: what the choice of test images adds to the variances of what is said along training. Follows section 19, whose steps it is of. */
import type { TimelineResult } from '../../../study/analyses/timeline/result.ts';
import { keptSteps } from '../../../study/result/measures/timeline.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { without } from '../../../core/without.ts';
import type { Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import type { Section } from '../../link/section.ts';
import { MAX_ENTRIES, readArm, readName, writeArm } from '../../link/sections/context.ts';
import { readVariance, writeVariance } from '../../link/sections/image-variances.ts';

type Variances = NonNullable<TimelineResult['imageVariances']>;

/** By position in the link: append only. */
const FIGURES = ['midpoint', 'every other', 'above ends'] as const satisfies Variances[number]['figure'][];

const OF_ITSELF = 0;
const OF_A_DIFFERENCE = 1;

const variancesOf = ({ timeline }: StudyResult): Variances => timeline?.imageVariances ?? [];

function writeTimelineVariances(writer: CodedWriter, result: StudyResult): void {
  const entries = variancesOf(result);
  writer.varint(entries.length);
  for (const { figure, arm, baseline, variances } of entries) {
    writer.u8(FIGURES.indexOf(figure));
    writeArm(writer, result, arm);
    writer.u8(baseline === undefined ? OF_ITSELF : OF_A_DIFFERENCE);
    if (baseline !== undefined) writeArm(writer, result, baseline);
    for (const variance of variances) writeVariance(writer, variance);
  }
}

const readTimelineVariances = (reader: Reader, known: StudyResult): Variances =>
  Array.from({ length: reader.count(MAX_ENTRIES, 'the number of variances along training') }, () => {
    const figure = readName(reader, FIGURES, 'A figure along training');
    const arm = readArm(reader, known);
    const isDifference = reader.u8('a variance along training') === OF_A_DIFFERENCE;
    const baseline = isDifference ? { baseline: readArm(reader, known) } : {};
    return { figure, arm, ...baseline, variances: keptSteps(known, arm).map(() => readVariance(reader)) };
  });

function withoutVariances(result: StudyResult): StudyResult {
  const { timeline } = result;
  return timeline?.imageVariances ? { ...result, timeline: without(timeline, 'imageVariances') } : result;
}

export const TIMELINE_VARIANCES_SECTION: Section = {
  tag: 33,
  supplement: true,
  holds: (result) => variancesOf(result).length > 0,
  from: ({ timeline }) => timeline,
  details: [],
  reductions: [{ code: 83, worth: 355, apply: withoutVariances }],
  write: writeTimelineVariances,
  read: (reader, known) =>
    known.timeline ? { timeline: { ...known.timeline, imageVariances: readTimelineVariances(reader, known) } } : {},
};
