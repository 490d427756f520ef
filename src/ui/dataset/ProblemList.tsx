/** What is wrong with the files, grouped and counted. */
import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import { groupProblems } from '../../data/drop/problem-groups.ts';
import { useServices } from '../context.ts';
import { Fold } from '../controls/Fold.tsx';
import { plural } from '../format.ts';
import study from '../study/study.module.css';
import css from './dataset.module.css';

export function ProblemList() {
  const { dataset } = useServices();
  const problems = useStore(dataset, (state) => state.problems);
  const groups = useMemo(() => groupProblems(problems), [problems]);
  const errors = groups.filter(({ severity }) => severity === 'error');
  const warnings = groups.filter(({ severity }) => severity === 'warning');
  return (
    <>
      {errors.map(({ message }) => (
        <p key={message} className={study.problem} role="alert">
          {message}
        </p>
      ))}
      {warnings.length > 0 && (
        <div className={css.warnings}>
          <p className={css.warningsTitle}>{plural(warnings.length, 'note')} on your files</p>
          <ul aria-label="Notes on your files" className={css.warningsList}>
            {warnings.map(({ message, details }) => (
              <li key={message}>
                {message}
                {details.length > 0 && (
                  <Fold title={`Which ${plural(details.length, 'file')}`} level={4} quiet>
                    <ul className={css.details}>
                      {details.map((detail) => (
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
