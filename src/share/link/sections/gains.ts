/** Retained gains follow from accuracies, so they are stored only if they differ from what follows. */
import { retainedGain } from '../../../copra/retained-gain.ts';
import { binomialStandardError } from '../../../core/statistics.ts';
import { frozenOf } from '../../../study/result/frozen.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import { writeFloat } from '../curve-codec.ts';
import { effectInLink } from './motifs.ts';

type Gain = number | null;

/** What a gain is computed from; null if there is no base. */
export interface GainBasis {
  readonly value: number;
  readonly base: number;
  readonly full: number;
  /** Independent ones. */
  readonly images: number;
}

/**
 * The writer asks what the reader will find, and the reader knows the design effect in thousandths: near its sampling error a gain is clear for one and not for the
 * other.
 * @param full accuracy of the whole adapter
 */
export function gainBasis(
  task: Pick<StudyResult['task'], 'zeroShot' | 'headOnly' | 'test' | 'designEffect'>,
  value: number,
  full: number,
): GainBasis | null {
  const frozen = frozenOf(task);
  return frozen && { value, base: frozen.accuracy, full, images: task.test / effectInLink(task.designEffect ?? 1) };
}

/**
 * The gain formulas that a link can name, by their byte. 0: gains are stored one by one. The second is what made a gain clear in version 1.1 and before
 * (copra/retained-gain.ts): for most studies the gains are the same, and earlier versions read them.
 */
const RULES: Readonly<Record<number, (basis: GainBasis) => Gain>> = {
  1: ({ value, base, full }) => retainedGain(value, base, full),
  2: ({ value, base, full, images }) =>
    full - base > Math.hypot(binomialStandardError(base, images), binomialStandardError(full, images))
      ? retainedGain(value, base, full)
      : null,
};

const agree = (a: Gain, b: Gain): boolean => (a === null || b === null ? a === b : Math.abs(a - b) < 1e-6);

/** @param bases what the gains are computed from */
export function writeGains(writer: CodedWriter, gains: readonly Gain[], bases: readonly (GainBasis | null)[]): void {
  const follow = ([, rule]: [string, (basis: GainBasis) => Gain]): boolean =>
    gains.every((gain, i) => {
      const basis = bases[i];
      return agree(gain, basis && rule(basis));
    });
  const [code = '0'] = Object.entries(RULES).find(follow) ?? [];
  writer.u8(Number(code));
  if (code !== '0') return;
  for (const gain of gains) {
    writer.u8(gain === null ? 0 : 1);
    if (gain !== null) writeFloat(writer, gain);
  }
}

export function readGains(reader: Reader, count: number, bases: () => (GainBasis | null)[]): Gain[] {
  const rule = RULES[reader.u8('the retained gains')];
  if (rule) return bases().map((basis) => basis && rule(basis));
  return Array.from({ length: count }, () =>
    reader.u8('a retained gain') === 1 ? reader.f32('a retained gain') : null,
  );
}
