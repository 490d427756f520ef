/** Opens links and compares what they hold with the original, for their tests. */
import { expect } from 'vitest';
import type { StudyResult } from '../../study/result/result.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { readOutline, writeContainer, type StoredSection } from './container.ts';
import { decodeResultLink } from './result-link.ts';

export function opened(fragment: string): StudyResult {
  const decoded = decodeResultLink(fragment);
  if (!decoded.ok) throw new Error(decoded.message());
  return decoded.result;
}

export const refusal = (fragment: string): string => {
  const decoded = decodeResultLink(fragment);
  return decoded.ok ? 'opened' : decoded.message();
};

const width = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) - Math.min(...values) : 0);

type Lists = readonly (readonly number[])[];

/** Every point within half a level of the range of all curves of its kind. */
function expectNear(read: Lists, original: Lists, levels: number): void {
  expect(read.map(({ length }) => length)).toEqual(original.map(({ length }) => length));
  const tolerance = width(original.flat()) / (2 * levels) + 1e-6;
  original.forEach((curve, c) =>
    curve.forEach((value, i) => expect(Math.abs(read[c][i] - value)).toBeLessThanOrEqual(tolerance)),
  );
}

/** Sections of a link as they are written. */
export function sectionsOf(fragment: string): StoredSection[] {
  const bytes = fromBase64Url(fragment.slice(3));
  const sections = readOutline(bytes)?.sections(bytes);
  return [...(sections ?? [])].map(([tag, content]) => ({ tag, content }));
}

export const linkOf = (sections: readonly StoredSection[]): string => `r2.${toBase64Url(writeContainer(sections))}`;

export function expectSame(read: StudyResult, original: StudyResult): void {
  expect(read.config).toEqual(original.config);
  expect(read.status).toBe(original.status);
  expect(read.provenance).toEqual(original.provenance);
  expect({ ...read.task, zeroShot: null }).toEqual({ ...original.task, zeroShot: null });
  expect(read.task.zeroShot?.accuracy).toBe(original.task.zeroShot?.accuracy);
  expect(read.runs).toHaveLength(original.runs.length);
  original.runs.forEach((run, i) => {
    const { arm, seed, steps, validation, test } = read.runs[i];
    expect([arm, seed, steps]).toEqual([run.arm, run.seed, run.steps]);
    expect(validation.map(({ step }) => step)).toEqual(run.validation.map(({ step }) => step));
    expect(validation.map((point) => point.accuracy)).toEqual(run.validation.map((point) => point.accuracy));
    expect(test?.accuracy).toBe(run.test?.accuracy);
    if (run.test) expect(test?.loss).toBeCloseTo(run.test.loss, 4);
  });
  const validationLosses = ({ runs }: StudyResult) => runs.map(({ validation }) => validation.map(({ loss }) => loss));
  expectNear(validationLosses(read), validationLosses(original), 250);
  expect(read.landscape).toHaveLength(original.landscape.length);
  original.landscape.forEach((path, i) => {
    const other = read.landscape[i];
    expect([other.arm, other.path, other.seeds, other.lambdas]).toEqual([
      path.arm,
      path.path,
      path.seeds,
      path.lambdas,
    ]);
    expect(other.accuracy).toEqual(path.accuracy);
    expect(other.barrierAccuracy).toBeCloseTo(path.barrierAccuracy, 4);
    // Barriers follow from their curves.
    expect(Math.abs(other.barrierLoss - path.barrierLoss)).toBeLessThanOrEqual(0.02);
    expect(other.midpointRetainedGain).toBeCloseTo(path.midpointRetainedGain ?? NaN, 6);
  });
  const pathLosses = ({ landscape }: StudyResult) => landscape.map(({ loss }) => loss);
  expectNear(pathLosses(read), pathLosses(original), 400);
  expect(read.shapley).toHaveLength(original.shapley.length);
  original.shapley.forEach((values, i) => {
    const { arm, seed, players, estimator, images, coalitions } = values;
    const { residual, topThirdShare, coalitionError, evolution } = values;
    expect(read.shapley[i]).toMatchObject({ arm, seed, players, estimator, images, coalitions });
    expect(Boolean(read.shapley[i].coalitionError)).toBe(Boolean(coalitionError));
    expect(read.shapley[i].evolution?.map(({ step }) => step)).toEqual(evolution?.map(({ step }) => step));
    evolution?.forEach((stage, s) => {
      const other = read.shapley[i].evolution![s];
      if (stage.topThirdShare === null) expect(other.topThirdShare).toBeNull();
      else expect(other.topThirdShare).toBeCloseTo(stage.topThirdShare, 4);
    });
    expect(read.shapley[i].residual).toBeCloseTo(residual, 9);
    expect(read.shapley[i].topThirdShare).toBeCloseTo(topThirdShare ?? NaN, 4);
  });
  for (const [quantity, levels] of [
    ['accuracy', 1000],
    ['accuracyError', 100],
    ['loss', 1000],
    ['lossError', 100],
  ] as const) {
    const values = ({ shapley }: StudyResult) => shapley.map((entry) => entry[quantity]);
    expectNear(values(read), values(original), levels);
    const earlier = ({ shapley }: StudyResult) =>
      shapley.flatMap(({ evolution = [] }) => evolution.map((stage) => stage[quantity]));
    expectNear(earlier(read), earlier(original), levels);
  }
  for (const quantity of ['accuracy', 'loss'] as const) {
    const errors = ({ shapley }: StudyResult) => shapley.flatMap((entry) => entry.coalitionError?.[quantity] ?? []);
    expectNear([errors(read)], [errors(original)], 100);
  }
  expect(read.pruning).toHaveLength(original.pruning.length);
  original.pruning.forEach(({ structured, unstructured }, i) => {
    const other = read.pruning[i];
    expect(other.structured.map(({ label, kept, of, accuracy }) => [label, kept, of, accuracy])).toEqual(
      structured.map(({ label, kept, of, accuracy }) => [label, kept, of, accuracy]),
    );
    structured.forEach((part, j) => {
      if (part.retainedGain === null) expect(other.structured[j].retainedGain).toBeNull();
      else expect(other.structured[j].retainedGain).toBeCloseTo(part.retainedGain, 5);
    });
    unstructured.forEach((curve, j) => {
      expect([other.unstructured[j].scope, other.unstructured[j].sparsities]).toEqual([curve.scope, curve.sparsities]);
      expect(other.unstructured[j].accuracy).toEqual(curve.accuracy);
      expect(other.unstructured[j].area).toBeCloseTo(curve.area, 4);
    });
  });
  const barLosses = ({ pruning }: StudyResult) => pruning.map(({ structured }) => structured.map(({ loss }) => loss));
  expectNear(barLosses(read), barLosses(original), 250);
  const weightLosses = ({ pruning }: StudyResult) =>
    pruning.flatMap(({ unstructured }) => unstructured.map(({ loss }) => loss));
  expectNear(weightLosses(read), weightLosses(original), 250);
}
