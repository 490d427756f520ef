/** Problems with the files, grouped and counted. */
import { counted } from '../../core/counted.ts';
import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import type { Problem } from '../../data/files/problem.ts';
import { groupProblems, type ProblemGroup } from '../../data/files/problem-groups.ts';
import { useServices } from '../context.ts';
import { Fold } from '../controls/Fold.tsx';
import { integer } from '../format.ts';
import css from './dataset.module.css';
import shared from '../shared.module.css';
import { ErrorText } from '../controls/ErrorText.tsx';

/** Problems of the data set on the page. */
export function ProblemList() {
  const { dataset } = useServices();
  const problems = useStore(dataset, (state) => state.problems);
  return <Problems problems={problems} />;
}

const worded = ({ message, times }: ProblemGroup): string =>
  times > 1 ? `${message} (${integer(times)} times)` : message;

export function Problems({ problems }: { problems: readonly Problem[] }) {
  const groups = useMemo(() => groupProblems(problems), [problems]);
  const errors = groups.filter(({ severity }) => severity === 'error');
  const warnings = groups.filter(({ severity }) => severity === 'warning');
  return (
    <>
      {errors.map((group) => (
        <ErrorText key={group.message}>{worded(group)}</ErrorText>
      ))}
      {warnings.length > 0 && (
        <div className={`${shared.warning} ${css.warnings}`}>
          <p className={css.warningsTitle}>{counted(warnings.length, 'note')} on your files</p>
          <ul aria-label="Notes on your files" className={css.warningsList}>
            {warnings.map((group) => (
              <li key={group.message}>
                {worded(group)}
                {group.details.length > 0 && (
                  <Fold title={`Which ${counted(group.details.length, 'file')}`} level={4} quiet>
                    <ul className={css.details}>
                      {group.details.map((detail) => (
                        <li key={detail}>{detail}</li>
                      ))}
                    </ul>
                  </Fold>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
