/** How tables of measures write a mean with its spread, and a difference with its interval. */
import type { ReactNode } from 'react';
import { clearSide } from '../../copra/seed-differences.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { isBeyondShares } from '../../core/number-format.ts';
import { signedPoints, signedPointsEnd } from '../format.ts';
import { unbroken } from '../unbroken.ts';
import { RESULT_WORDS } from './messages.ts';
import css from './results.module.css';

interface Props {
  readonly difference: ScopedInterval | null;
  /** A value with its sign; usually in percentage points. */
  readonly write?: (value: number) => string;
  /** An end of the interval. */
  readonly writeEnd?: (value: number) => string;
}

/** A cell of a table: the difference of two arms above its 95 % interval; bold where the interval excludes 0. */
export function DifferenceCell({ difference, write = signedPoints, writeEnd = signedPointsEnd }: Props) {
  if (!difference) return <td>–</td>;
  const { mean, low, high } = difference;
  const side = clearSide(difference);
  return (
    <td className={css.difference} data-clear={side === 1 || side === -1 || undefined}>
      {write(mean)}
      <span className={css.below}>
        {side === null || (writeEnd === signedPointsEnd && isBeyondShares(difference)) ? (
          RESULT_WORDS.tooFewSeeds
        ) : (
          <>
            <span className={css.unbroken}>{RESULT_WORDS.from(writeEnd(low))}</span>{' '}
            <span className={css.unbroken}>{writeEnd(high)}</span>
          </>
        )}
      </span>
    </td>
  );
}

/** "59.2 ± 1.4"; in a narrow column the spread wraps below the mean. */
export function SpreadText({ text }: { text: string }) {
  const [mean, spread] = text.split(' ± ');
  // A space of its own behind a number that is still to come would move when it wraps.
  if (spread === undefined) return mean;
  return (
    <>
      {mean} <span className={css.unbroken}>± {spread}</span>
    </>
  );
}

interface LabelTextProps {
  readonly label: string;
  /** What explains it: it stands beside the last word. */
  readonly children?: ReactNode;
}

/** "Test accuracy, %"; in a narrow column the unit goes below the name. */
export function LabelText({ label, children }: LabelTextProps) {
  const [name, unit] = label.split(/, (?=[^,]+$)/);
  const words = unbroken(name);
  const last = words.lastIndexOf(' ') + 1;
  return (
    <span>
      {words.slice(0, last)}
      <span className={css.lastWord}>
        {words.slice(last)}
        {unit && (
          <>
            <span className={css.unitComma}>,{'\u00a0'}</span>
            <span className={css.unit}>{unit}</span>
          </>
        )}
        {children}
      </span>
    </span>
  );
}
