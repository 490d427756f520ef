/** Parts that the tables of results share. */
import { clearSide } from '../../../copra/seed-differences.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { scopeText } from '../../../study/readings/words.ts';
import type { ReactNode } from 'react';
import type { ArmConfig } from '../../../study/config/config.ts';
import { countsOwnMotifs } from '../../../study/result/motifs.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { ArmStyle } from '../../arm-style.ts';
import { isAwaited } from '../../charts/figure-contexts.ts';
import { ArmGlyph } from '../../charts/Legend.tsx';
import { InfoTip } from '../../controls/InfoTip.tsx';
import { unbroken } from '../../unbroken.ts';
import { LabelText } from '../measure-cells.tsx';
import css from '../results.module.css';
import { SUMMARY_WORDS } from './messages.ts';

/** With more arms, arms become rows: that many columns would not fit. */
export const MAX_COLUMNS = 4;

/** The figures of a table of many arms: the columns of CoTo's baseline table, and the barrier. */
export const FIGURES_OF_MANY = ['testAccuracy', 'midpointFactor', 'barrierFactor', 'accuracyHalf'] as const;

interface ArmNameProps {
  readonly arm: Pick<ArmConfig, 'id' | 'name'>;
  readonly styles: ReadonlyMap<string, ArmStyle>;
  readonly number?: number;
}

interface ScopeProps {
  readonly differences: readonly (ScopedInterval | null)[];
  /** Labels of the rows. */
  readonly labels: readonly string[];
}

/** The scope of a column's intervals, and of those that are shown and have another. While one is awaited, reserves space for the usual text, so that nothing moves. */
export function Scope({ differences, labels }: ScopeProps) {
  const first = differences.find((difference) => difference?.scope);
  if (!first) return <span className={css.awaitedWords}>{READING_WORDS.scopes['seeds and images']}</span>;
  const others = differences.flatMap((difference, i) =>
    // Too few seeds: the cell has these words in place of an interval.
    difference?.scope && scopeText(difference) !== scopeText(first) && clearSide(difference) !== null
      ? [SUMMARY_WORDS.intervals.except(labels[i], scopeText(difference))]
      : [],
  );
  return scopeText(first) + others.join('');
}

/** What follows that: what is strong, and that images of one motif count apart where a bundled task has them and the result does not know which. */
export function afterScope(result: StudyResult): string {
  const { config, task } = result;
  const { after, ownMotifs } = SUMMARY_WORDS.intervals;
  return !isAwaited(result) && countsOwnMotifs(config.task, task.motifs) ? `${after} ${ownMotifs}` : after;
}

/** An arm in the head of its column or row. @param number its number, where figures have it */
export function ArmName({ arm: { id, name }, styles, number }: ArmNameProps) {
  const style = styles.get(id);
  return (
    <span className={css.summaryArm}>
      {number !== undefined && <span className={css.comparisonNumber}>{number}</span>}
      {style && <ArmGlyph style={style} />}
      {unbroken(name)}
    </span>
  );
}

interface ArmsHeadProps {
  readonly title: string;
  readonly arms: readonly Pick<ArmConfig, 'id' | 'name'>[];
  readonly styles: ReadonlyMap<string, ArmStyle>;
  /** Heads of further columns. */
  readonly children?: ReactNode;
}

/** The head of a table with a column per arm. */
export const ArmsHead = ({ title, arms, styles, children }: ArmsHeadProps) => (
  <thead>
    <tr>
      <th scope="col">{title}</th>
      {arms.map((arm) => (
        <th key={arm.id} scope="col">
          <ArmName arm={arm} styles={styles} />
        </th>
      ))}
      {children}
    </tr>
  </thead>
);

/** What a row has, with its explanation. */
export const RowLabel = ({ label, help }: { readonly label: string; readonly help: string }) => (
  <span className={css.summaryLabel}>
    <LabelText label={label}>
      <InfoTip about={label}>
        <p>{help}</p>
      </InfoTip>
    </LabelText>
  </span>
);
