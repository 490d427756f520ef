/** Section 13: distances between the adapters of all runs. Present only in links of studies with them. */
import { pairCount } from '../../../core/pairs.ts';
import { pointsThat } from '../../../study/analyses/geometry/part.ts';
import type { GeometryResult } from '../../../study/analyses/geometry/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { withoutPart } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import { readCurves, writeCurves } from '../../link/curve-codec.ts';
import { readArm, readStep, writeArm, writeStep } from '../../link/sections/context.ts';

/** More than any study compares; limits what a forged link can make us allocate. */
const MAX_POINTS = 256;

/** In link order. */
const SPACES = ['factors', 'updates'] as const;

function writeGeometry(writer: CodedWriter, result: StudyResult): void {
  if (!result.geometry) return;
  const { geometry } = result;
  writer.varint(geometry.points.length);
  for (const { arm, seed, step } of geometry.points) {
    writeArm(writer, result, arm);
    writer.varint(seed);
    writeStep(writer, step);
  }
  for (const space of SPACES) {
    writeCurves(writer, [geometry[space].norms], 'distance');
    writeCurves(writer, [geometry[space].distances], 'distance');
  }
}

function readGeometry(reader: Reader, known: Pick<StudyResult, 'config'>): GeometryResult {
  const points = Array.from({ length: reader.count(MAX_POINTS, 'the number of adapters') }, () => ({
    arm: readArm(reader, known),
    seed: reader.varint('a seed'),
    step: readStep(reader),
  }));
  const readCloud = (): GeometryResult['factors'] => {
    const norms =
      reader.format === 1
        ? points.map(() => reader.f32('a length of an adapter'))
        : readCurves(reader, [points.length], 'the lengths of adapters')[0];
    const pairs = pairCount(points.length);
    const [distances] = readCurves(reader, [pairs], 'the distances of adapters');
    return { norms, distances };
  };
  return { points, factors: readCloud(), updates: readCloud() };
}

function onlyTrained(result: StudyResult): StudyResult {
  const geometry = result.geometry && pointsThat(result.geometry, ({ step }) => step === null);
  return geometry === result.geometry ? result : { ...result, geometry };
}

export const GEOMETRY_SECTION: Section = {
  tag: 13,
  holds: ({ geometry }) => geometry !== undefined,
  from: ({ geometry }) => geometry,
  details: ['distance'],
  reductions: [
    { code: 18, worth: 300, apply: onlyTrained },
    { code: 21, worth: 540, figure: 'asked', apply: withoutPart('geometry') },
  ],
  write: writeGeometry,
  read: (reader, known) => ({ geometry: readGeometry(reader, known) }),
};
