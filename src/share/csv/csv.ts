/**
 * The numbers behind every chart as CSV (RFC 4180: commas, CRLF, quotes doubled), one observation per row, in full precision.
 * Accuracies are shares of images, losses are in nats.
 */
import { cosine, distance } from '../../copra/geometry/distances.ts';
import type { StudyResult } from '../../study/result/result.ts';

export type Cell = string | number | null;

/** Spreadsheets run text that starts like a formula; an apostrophe in front keeps it text. */
const disarm = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = disarm(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** Mean training losses, validation points and the test figures of every run; a run that diverged has the step of it instead of a test. */
export function trainingCsv(result: StudyResult): string {
  const rows = result.runs.flatMap(({ arm, seed, lossSteps, losses, validation, steps, test, diverged }): Cell[][] => [
    ...losses.map((loss, i) => [arm, seed, 'train', lossSteps[i] ?? null, loss, null]),
    ...validation.map(({ step, accuracy, loss }) => [arm, seed, 'validation', step, loss, accuracy]),
    ...(test ? [[arm, seed, 'test', steps, test.loss, test.accuracy]] : []),
    ...(diverged === undefined ? [] : [[arm, seed, 'diverged', diverged, null, null]]),
  ]);
  return csv(['arm', 'seed', 'split', 'step', 'loss', 'accuracy'], rows);
}

/** One row per point of every path between two adapters. */
export function landscapeCsv(result: StudyResult): string {
  const rows = result.landscape.flatMap(({ arm, seeds, path, lambdas, accuracy, loss, alignment = 'none', train }) =>
    lambdas.map((lambda, i): Cell[] => [
      ...[arm, ...seeds, path, lambda, accuracy[i] ?? null, loss[i] ?? null, alignment],
      ...[train?.accuracy[i] ?? null, train?.loss[i] ?? null],
    ]),
  );
  const header = ['arm', 'seed_0', 'seed_1', 'path', 'lambda', 'accuracy', 'loss'];
  return csv([...header, 'alignment', 'train_accuracy', 'train_loss'], rows);
}

/** Every point of every grid, then the corners and the trajectories, whose residual is their distance from the plane. */
export function planeCsv(result: StudyResult): string {
  const rows = (result.planes ?? []).flatMap(({ arm, corners, xs, ys, accuracy, loss, trajectories }): Cell[][] => [
    ...accuracy.map((value, i): Cell[] => {
      const [x, y] = [xs[i % xs.length], ys[Math.floor(i / xs.length)]];
      return [arm, 'grid', null, null, x, y, null, value, loss[i] ?? null];
    }),
    ...corners.map(({ run, x, y }): Cell[] => {
      return [run?.arm ?? arm, run ? 'corner' : 'zero adapter', run?.seed ?? null, null, x, y, 0, null, null];
    }),
    ...trajectories.flatMap(({ arm: own, seed, points }) =>
      points.map(({ step, x, y, residual }): Cell[] => [own, 'trajectory', seed, step, x, y, residual, null, null]),
    ),
  ]);
  return csv(['arm', 'kind', 'seed', 'step', 'x', 'y', 'residual', 'accuracy', 'loss'], rows);
}

/** Every two adapters; a step that is empty is the last one. The zero adapter is the pretrained model. */
export function geometryCsv({ geometry }: StudyResult): string {
  if (!geometry) return csv([], []);
  const { points, factors, updates } = geometry;
  const name = (i: number): Cell[] => [points[i].arm, points[i].seed, points[i].step];
  const indices = points.map((_, i) => i);
  const rows = indices.flatMap((i): Cell[][] => [
    [...name(i), 'zero', null, null, factors.norms[i], null, updates.norms[i], null],
    ...indices.slice(i + 1).map((j): Cell[] => {
      const cells = [factors, updates].flatMap((cloud) => [distance(cloud, i, j), cosine(cloud, i, j)]);
      return [...name(i), ...name(j), ...cells];
    }),
  ]);
  const header = ['arm', 'seed', 'step', 'other_arm', 'other_seed', 'other_step'];
  const measures = ['factor_distance', 'factor_cosine', 'update_distance', 'update_cosine'];
  return csv([...header, ...measures], rows);
}

/**
 * One row per layer, or projection of a layer, at every step analysed; a step that is empty is the last one. The errors are standard errors,
 * those over coalitions a part of them. The loss columns value −loss.
 */
export function shapleyCsv(result: StudyResult): string {
  const rows = result.shapley.flatMap(({ evolution = [], coalitionError, ...values }) => {
    const stages = [
      ...evolution.map((stage) => ({ ...stage, errors: undefined })),
      { ...values, step: null, errors: coalitionError },
    ];
    return stages.flatMap(({ step, accuracy, accuracyError, loss, lossError, errors }) =>
      values.players.map(({ tower, layer, projection }, i): Cell[] => [
        ...[values.arm, values.seed, step, tower, layer, projection ?? null, values.estimator],
        ...[accuracy[i] ?? null, accuracyError[i] ?? null, errors?.accuracy[i] ?? null],
        ...[loss[i] ?? null, lossError[i] ?? null, errors?.loss[i] ?? null],
      ]),
    );
  });
  const header = ['arm', 'seed', 'step', 'tower', 'layer', 'projection', 'estimator'];
  const ofAccuracy = ['accuracy', 'accuracy_error', 'accuracy_error_of_coalitions'];
  return csv(
    [...header, ...ofAccuracy, 'negative_loss', 'negative_loss_error', 'negative_loss_error_of_coalitions'],
    rows,
  );
}

/** The runs that were merged, the ensemble of their logits, every merge, and task arithmetic at every factor. */
export function mergingCsv(result: StudyResult): string {
  const rows = (result.merging ?? []).flatMap(({ arm, runs, ensemble, merges, sweep }): Cell[][] => [
    ...runs.map((run) => [arm, 'run', null, run.arm, run.seed, null, null, run.accuracy, run.loss]),
    ...(ensemble ? [[arm, 'ensemble', null, null, null, null, null, ensemble.accuracy, ensemble.loss]] : []),
    ...merges.map(({ method, alignment, scale, rank, accuracy, loss }) => {
      return [arm, 'merge', alignment, method, null, scale, rank, accuracy, loss];
    }),
    ...(sweep?.scales ?? []).map((scale, i): Cell[] => {
      return [
        arm,
        'sweep',
        'none',
        'task-arithmetic',
        null,
        scale,
        null,
        sweep?.accuracy[i] ?? null,
        sweep?.loss[i] ?? null,
      ];
    }),
  ]);
  return csv(['arm', 'kind', 'alignment', 'what', 'seed', 'lambda', 'rank', 'accuracy', 'loss'], rows);
}

/** Structured rows name what was kept; unstructured rows name the share of entries set to zero. */
export function pruningCsv(result: StudyResult): string {
  const rows = result.pruning.flatMap(({ arm, seed, structured, unstructured }): Cell[][] => [
    ...structured.map(({ label, kept, of, accuracy, loss, retainedGain }) => {
      return [arm, seed, 'structured', label, kept, of, null, accuracy, loss, retainedGain];
    }),
    ...unstructured.flatMap(({ scope, sparsities, accuracy, loss }) =>
      sparsities.map((sparsity, i): Cell[] => {
        return [arm, seed, 'unstructured', scope, null, null, sparsity, accuracy[i] ?? null, loss[i] ?? null, null];
      }),
    ),
  ]);
  const header = ['arm', 'seed', 'kind', 'what', 'kept', 'of', 'sparsity', 'accuracy', 'loss', 'retained_gain'];
  return csv(header, rows);
}
