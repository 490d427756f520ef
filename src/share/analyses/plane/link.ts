/** Section 11: planes through three adapters. Present only in links of studies with planes. */
import type { PlaneResult } from '../../../study/analyses/plane/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BinaryError, type Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { withoutPart } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import { readCurves, writeCurves, writeFloat } from '../../link/curve-codec.ts';
import { imageCounts, MAX_ENTRIES, readArm, readStep, writeArm, writeStep } from '../../link/sections/context.ts';
import { readScores, writeScores } from '../../link/sections/scores.ts';
import { LINK_CHECKS } from '../../link/words.ts';

type Known = Pick<StudyResult, 'config'>;
type Trajectory = PlaneResult['trajectories'][number];

/** Along each side. */
const MAX_GRID = 64;
const COORDINATES = ['x', 'y', 'residual'] as const;
/** Adapters of several arms span the plane, and no arm follows. */
const ACROSS = 1;

/** Length, then first and last of equally spaced positions. */
function writeAxis(writer: CodedWriter, positions: readonly number[]): void {
  writer.varint(positions.length);
  writeFloat(writer, positions[0] ?? 0);
  writeFloat(writer, positions.at(-1) ?? 0);
}

function readAxis(reader: Reader): number[] {
  const count = reader.count(MAX_GRID, 'the side of a grid');
  const [first, last] = [reader.f32('a grid'), reader.f32('a grid')];
  return Array.from({ length: count }, (_, i) => first + ((last - first) * i) / Math.max(1, count - 1));
}

function writePlanes(writer: CodedWriter, result: StudyResult): void {
  const planes = result.planes ?? [];
  writer.varint(planes.length);
  for (const { arm, corners, xs, ys, accuracy, trajectories } of planes) {
    writer.u8(arm === null ? ACROSS : 0);
    if (arm !== null) writeArm(writer, result, arm);
    writer.varint(corners.length);
    for (const { run, x, y } of corners) {
      writer.u8(run ? 1 : 0);
      if (run) writeRun(writer, result, run);
      writeFloat(writer, x);
      writeFloat(writer, y);
    }
    writeAxis(writer, xs);
    writeAxis(writer, ys);
    writer.varint(accuracy.length);
    writer.varint(trajectories.length);
    for (const trajectory of trajectories) {
      writeRun(writer, result, trajectory);
      writer.varint(trajectory.points.length);
      for (const { step } of trajectory.points) writeStep(writer, step);
    }
  }
  for (const of of COORDINATES)
    writeCurves(
      writer,
      planes.flatMap(({ trajectories }) => trajectories.map(({ points }) => points.map((point) => point[of]))),
      'curve',
    );
  writeScores(
    writer,
    { accuracy: planes.map(({ accuracy }) => accuracy), loss: planes.map(({ loss }) => loss) },
    { sizes: imageCounts(result), accuracy: 'path', loss: 'path' },
  );
}

function writeRun(writer: CodedWriter, result: StudyResult, { arm, seed }: { arm: string; seed: number }): void {
  writeArm(writer, result, arm);
  writer.varint(seed);
}

const readRun = (reader: Reader, known: Known) => ({
  arm: readArm(reader, known),
  seed: reader.varint('a seed'),
});

const readTrajectory = (reader: Reader, known: Known): Trajectory => ({
  ...readRun(reader, known),
  points: Array.from({ length: reader.count(MAX_ENTRIES, 'the length of a trajectory') }, () => ({
    step: readStep(reader),
    // Separate from the steps in format 2: see withCoordinates.
    x: reader.format === 1 ? reader.f32('a trajectory') : 0,
    y: reader.format === 1 ? reader.f32('a trajectory') : 0,
    residual: reader.format === 1 ? reader.f32('a trajectory') : 0,
  })),
});

function withCoordinates<T extends { readonly trajectories: readonly Trajectory[] }>(reader: Reader, planes: T[]): T[] {
  const lengths = planes.flatMap(({ trajectories }) => trajectories.map(({ points }) => points.length));
  const [xs, ys, residuals] = COORDINATES.map(() => readCurves(reader, lengths, 'the trajectories'));
  let next = 0;
  return planes.map((plane) => ({
    ...plane,
    trajectories: plane.trajectories.map((trajectory) => {
      const at = next++;
      const points = trajectory.points.map(({ step }, i) => ({
        step,
        x: xs[at][i],
        y: ys[at][i],
        residual: residuals[at][i],
      }));
      return { ...trajectory, points };
    }),
  }));
}

function readOutline(reader: Reader, known: Known) {
  const arm = reader.u8('the arm of a plane') & ACROSS ? null : readArm(reader, known);
  const corners = Array.from({ length: reader.count(3, 'the corners of a plane') }, () => ({
    run: reader.u8('a corner') === 1 ? readRun(reader, known) : null,
    x: reader.f32('a corner'),
    y: reader.f32('a corner'),
  }));
  const [xs, ys] = [readAxis(reader), readAxis(reader)];
  const done = reader.count(xs.length * ys.length, 'the points of a plane');
  if (xs.length > 0 && done % xs.length !== 0) throw new BinaryError(LINK_CHECKS.brokenRow);
  const trajectories = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of trajectories') }, () =>
    readTrajectory(reader, known),
  );
  return { outline: { arm, corners, xs, ys, trajectories }, done };
}

function readPlanes(reader: Reader, known: Known): PlaneResult[] {
  const outlines = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of planes') }, () =>
    readOutline(reader, known),
  );
  const lengths = outlines.map(({ done }) => done);
  const drawn = outlines.map(({ outline }) => outline);
  const planes = reader.format === 1 ? drawn : withCoordinates(reader, drawn);
  const { accuracy, loss } = readScores(reader, lengths, 'of the planes');
  return planes.map((plane, i) => ({ ...plane, accuracy: accuracy[i], loss: loss[i] }));
}

export const PLANES_SECTION: Section = {
  tag: 11,
  holds: ({ planes }) => planes !== undefined,
  from: ({ planes }) => planes,
  details: ['path', 'curve'],
  reductions: [{ code: 20, worth: 550, figure: 'asked', apply: withoutPart('planes') }],
  write: writePlanes,
  read: (reader, known) => ({ planes: readPlanes(reader, known) }),
};
