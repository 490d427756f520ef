/** Problems with the files, grouped and counted. */
import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import type { Problem } from '../../data/files/problem.ts';
import { groupProblems, type ProblemGroup } from '../../data/files/problem-groups.ts';
import { said } from '../../core/language/catalogue.ts';
import { useServices, useStudy } from '../context.ts';
import { Fold } from '../controls/Fold.tsx';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';
import { useAlikeClasses } from './use-alike-classes.ts';
import shared from '../shared.module.css';
import { ErrorText } from '../controls/ErrorText.tsx';

/** Problems of the data set on the page. What a study has told above the page is not told again. */
export function ProblemList() {
  const { dataset } = useServices();
  const problems = useStore(dataset, (state) => state.problems);
  const alike = useAlikeClasses();
  const notices = useStudy((state) => state.notices);
  const untold = useMemo(() => {
    const told = said(notices);
    return [...problems, ...alike].filter(({ message }) => !told.includes(message));
  }, [problems, alike, notices]);
  return <Problems problems={untold} />;
}

const worded = ({ message, times }: ProblemGroup): string =>
  times > 1 ? DATASET_WORDS.problems.times(message, times) : message;

export function Problems({ problems }: { problems: readonly Problem[] }) {
  const groups = useMemo(() => groupProblems(problems), [problems]);
  const words = DATASET_WORDS.problems;
  const errors = groups.filter(({ severity }) => severity === 'error');
  const warnings = groups.filter(({ severity }) => severity === 'warning');
  return (
    <>
      {errors.map((group) => (
        <ErrorText key={group.message}>{worded(group)}</ErrorText>
      ))}
      {warnings.length > 0 && (
        <div className={`${shared.warning} ${css.warnings}`}>
          <p className={css.warningsTitle}>{words.notes(warnings.length)}</p>
          <ul aria-label={words.label} className={css.warningsList}>
            {warnings.map((group) => (
              <li key={group.message}>
                {worded(group)}
                {group.details.length > 0 && (
                  <Fold title={words.which(group.details.length)} level={4} quiet>
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
