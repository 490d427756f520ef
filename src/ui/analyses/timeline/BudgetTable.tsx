import { SCOPE_WORDS } from '../../../copra/seed-differences.ts';
import { hundredths } from '../../../core/number-format.ts';
import { integer } from '../../format.ts';
import { MeasuresCard } from '../../results/MeasuresCard.tsx';
import { BUDGET_WORDS } from '../../results/spent.ts';
import css from '../../results/results.module.css';
import type { BudgetComparison } from './equal-budgets.ts';
import { DifferenceCell } from '../../results/measure-cells.tsx';

interface Props {
  readonly comparison: BudgetComparison;
  readonly nameOf: (arm: string) => string;
}

/** Both arms where they have spent the same, with the difference of every measure. */
export function BudgetTable({ comparison: { arms, budget, steps, rows }, nameOf }: Props) {
  const [baseline, other] = arms.map(nameOf);
  const scope = rows.find(({ difference }) => difference?.scope)?.difference?.scope;
  return (
    <MeasuresCard
      title={`${other} against ${baseline} after equal ${BUDGET_WORDS[budget]}`}
      caption={
        <>
          Means over seeds or pairs of seeds. Differences are paired by seed, with their 95 % interval
          {scope ? ` ${SCOPE_WORDS[scope]}` : ''}
          {scope === 'seeds and images' &&
            rows.some(({ id }) => id === 'validation') &&
            ', of validation accuracy over seeds'}
          ; strong where that leaves 0 out. Between two tested steps values lie on a straight line. An arm that is read
          early has not come to the end of its learning rate schedule.
        </>
      }
    >
      <thead>
        <tr>
          <th scope="col">Measure</th>
          {[baseline, other].map((name, i) => (
            <th key={name} scope="col">
              {name}
              <span className={css.below}>step {integer(steps[i])}</span>
            </th>
          ))}
          <th scope="col">Difference</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, values, difference }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            {values.map((value, i) => (
              <td key={arms[i]}>{hundredths(value)}</td>
            ))}
            <DifferenceCell difference={difference} />
          </tr>
        ))}
      </tbody>
    </MeasuresCard>
  );
}
