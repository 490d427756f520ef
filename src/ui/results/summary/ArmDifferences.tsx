/** Below a table of three arms or more: every arm's differences from one that the reader chooses. */
import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import { baselineOf, baselineStore, glanceFigures, glanceOf } from '../../../state/summary/glance.ts';
import { scopeText } from '../../../study/readings/words.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import { isAwaited } from '../../charts/figure-contexts.ts';
import { Choice } from '../../controls/Choice.tsx';
import { Fold } from '../../controls/Fold.tsx';
import shared from '../../shared.module.css';
import { unbroken } from '../../unbroken.ts';
import { DifferenceCell, LabelText } from '../measure-cells.tsx';
import css from '../results.module.css';
import { SUMMARY_WORDS } from './messages.ts';
import { rowWords } from './row-words.ts';
import { ArmName, ArmsHead, FIGURES_OF_MANY, MAX_COLUMNS, RowLabel, Scope, afterScope } from './table-parts.tsx';

export function ArmDifferences({ result }: { result: StudyResult }) {
  const { arms } = result.config;
  const few = arms.length <= MAX_COLUMNS;
  return (
    <div className={css.armDifferences}>
      <Fold quiet level={4} defaultOpen={few} title={SUMMARY_WORDS.differences.title}>
        <Differences result={result} few={few} />
      </Fold>
    </div>
  );
}

function Differences({ result, few }: { readonly result: StudyResult; readonly few: boolean }) {
  const { arms } = result.config;
  const chosen = useStore(baselineStore, (state) => state.arm);
  const baseline = baselineOf(result.config, chosen);
  const figures = useMemo(() => (few ? glanceFigures(result) : FIGURES_OF_MANY), [result, few]);
  const others = useMemo(
    () =>
      glanceOf(result, figures, baseline).flatMap(({ arm, differences }) =>
        differences ? [{ arm, differences }] : [],
      ),
    [result, figures, baseline],
  );
  const labels = few
    ? rowWords(glanceFigures(result), result.config, baseline)
    : FIGURES_OF_MANY.map((figure) => SUMMARY_WORDS.columns[figure]);
  // What the intervals of a row are over is said once where it is the same for all arms.
  const scoped = labels.flatMap(({ label }, row) => {
    const known = others.flatMap(({ arm, differences }) => {
      const difference = differences[row];
      return difference?.scope ? [{ difference, label: `${arm.name}: ${label}` }] : [];
    });
    const isOne = new Set(known.map(({ difference }) => scopeText(difference))).size === 1;
    return isOne ? [{ ...known[0], label }] : known;
  });
  const styles = useMemo(() => armStyles(arms), [arms]);
  const { intervals, differences: words } = SUMMARY_WORDS;
  // A study that was stopped before its tests has no intervals to explain.
  const caption = (scoped.length > 0 || isAwaited(result)) && (
    <>
      {unbroken(intervals.beforeMany(baseline.name))}
      <Scope differences={scoped.map(({ difference }) => difference)} labels={scoped.map(({ label }) => label)} />
      {unbroken(afterScope(result))}
    </>
  );
  return (
    <>
      <div className={css.equalBudget}>
        <span>{words.from}</span>
        <Choice
          label={words.fromLabel}
          value={baseline.id}
          options={arms.map(({ id, name }) => ({ id, name }))}
          onChange={(arm) => baselineStore.setState({ arm })}
        />
      </div>
      {few ? (
        <table className={css.summaryTable} data-compared>
          <caption className={shared.tableCaption}>{caption}</caption>
          <ArmsHead title={words.title} arms={others.map(({ arm }) => arm)} styles={styles} />
          <tbody>
            {labels.map((label, row) => (
              <tr key={label.label}>
                <th scope="row">
                  <RowLabel {...label} />
                </th>
                {others.map(({ arm, differences }) => (
                  <DifferenceCell key={arm.id} difference={differences[row]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <table className={`${shared.table} ${css.comparison}`}>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.title}</th>
              {labels.map(({ label }) => (
                <th key={label} scope="col">
                  <LabelText label={label} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {others.map(({ arm, differences }) => (
              <tr key={arm.id}>
                <th scope="row">
                  <ArmName arm={arm} styles={styles} />
                </th>
                {differences.map((difference, column) => (
                  <DifferenceCell key={labels[column].label} difference={difference} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
