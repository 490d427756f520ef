/** Section 32: accuracy on the task and on other domains with the update of a run scaled. Follows section 16, whose runs and domains it is of. */
import { scalesBetween } from '../../../copra/scaled-curve.ts';
import { without } from '../../../core/without.ts';
import type { DomainsResult } from '../../../study/analyses/domains/result.ts';
import { isScaled } from '../../../study/result/measures/domains.ts';
import { atEqualTask } from '../../../study/result/measures/equal-task.ts';
import { comparedPairs } from '../../../study/result/measures/compared-pairs.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BinaryError, type Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { readCurves, writeAccuracies } from '../../link/curve-codec.ts';
import type { Section } from '../../link/section.ts';
import { MAX_POINTS, readTables, writeTables } from '../../link/sections/context.ts';
import { readValue, writeValue } from '../../link/value-codec.ts';
import { LINK_CHECKS } from '../../link/words.ts';

const sameNumbers = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((value, i) => value === other[i]);

function writeScales(writer: CodedWriter, scales: readonly number[]): void {
  const areEven = sameNumbers(scales, scalesBetween(scales.length));
  writer.varint(scales.length);
  writer.u8(areEven ? 1 : 0);
  if (!areEven) for (const s of scales) writeValue(writer, s);
}

function readScales(reader: Reader): number[] {
  const count = reader.count(MAX_POINTS, 'the number of scaled updates');
  if (reader.u8('how updates are scaled') === 1) return scalesBetween(count);
  return Array.from({ length: count }, () => {
    const s = readValue(reader);
    if (typeof s !== 'number') throw new BinaryError(LINK_CHECKS.notNumber('A scale'));
    return s;
  });
}

function writeScaled(writer: CodedWriter, { domains: part }: StudyResult): void {
  if (!part) return;
  const scaled = part.runs.map((run) => run.scaled ?? []);
  writeTables(
    writer,
    scaled.map((points) => points.map(({ s }) => s)),
    (scales) => writeScales(writer, scales),
  );
  part.domains.forEach(({ images }, domain) => {
    const curves = scaled.map((points) => points.map(({ accuracy }) => accuracy[domain] ?? 0));
    writeAccuracies(writer, curves, [images], 'path');
  });
  writer.varint(part.motifCounts?.all ?? 0);
}

function readScaled(reader: Reader, part: DomainsResult | undefined): DomainsResult {
  if (!part) throw new BinaryError(LINK_CHECKS.scaledAlone);
  const scales = readTables(reader, part.runs.length, () => readScales(reader));
  const lengths = scales.map(({ length }) => length);
  /** [domains][runs][scales] */
  const accuracies = part.domains.map(() => readCurves(reader, lengths, 'the accuracies of scaled updates'));
  const all = reader.varint('the motifs of all domains');
  return {
    ...part,
    runs: part.runs.map((run, r) =>
      scales[r].length === 0
        ? run
        : {
            ...run,
            scaled: scales[r].map((s, i) => ({ s, accuracy: accuracies.map((curves) => curves[r][i]) })),
          },
    ),
    ...(part.motifCounts && all > 0 && { motifCounts: { ...part.motifCounts, all } }),
  };
}

type Run = DomainsResult['runs'][number];

/** Keeps some scaled updates of every run; the same result where these are all. */
function keepScaled(result: StudyResult, isKept: (run: Run, s: number) => boolean): StudyResult {
  const { domains } = result;
  if (!domains) return result;
  const runs = domains.runs.map((run) => {
    const { scaled = [] } = run;
    const kept = scaled.filter(({ s }) => isKept(run, s));
    return kept.length === scaled.length
      ? run
      : { ...without(run, 'scaled'), ...(kept.length > 0 && { scaled: kept }) };
  });
  return runs.some((run, i) => run !== domains.runs[i]) ? { ...result, domains: { ...domains, runs } } : result;
}

/** Those between which arms are equally accurate on the task: what is said of them there does not change. */
function nextToEqual(result: StudyResult): StudyResult {
  const { config, domains: part } = result;
  if (!part) return result;
  const nameOf = (arm: string, seed: number, s: number): string => [arm, seed, s].join('\n');
  const pairs = comparedPairs(config).flatMap(({ baseline, other }) => [
    [baseline, other],
    [other, baseline],
  ]);
  const needed = new Set(
    pairs.flatMap(([arm, beside]) =>
      (atEqualTask(part, arm, beside) ?? []).flatMap(({ seed, between }) => between.map((s) => nameOf(arm, seed, s))),
    ),
  );
  return keepScaled(result, ({ arm, seed }, s) => needed.has(nameOf(arm, seed, s)));
}

export const SCALED_UPDATES_SECTION: Section = {
  tag: 32,
  supplement: true,
  holds: ({ domains }) => domains?.runs.some(isScaled) ?? false,
  from: ({ domains }) => domains,
  details: ['path'],
  // What holds other domains to account stays longer than the paths between seeds there, but not at the cost of the second seed of every figure.
  reductions: [
    { code: 82, worth: 315, apply: nextToEqual },
    { code: 81, worth: 365, apply: (result) => keepScaled(result, () => false) },
  ],
  write: writeScaled,
  read: (reader, { domains }) => ({ domains: readScaled(reader, domains) }),
};
