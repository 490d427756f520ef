import { READING_WORDS } from '../../../study/readings/messages.ts';
import { hundredths } from '../../../core/number-format.ts';
import { MeasuresCard } from '../../results/MeasuresCard.tsx';
import { RESULT_WORDS } from '../../results/messages.ts';
import css from '../../results/results.module.css';
import type { BudgetComparison } from './equal-budgets.ts';
import { TIMELINE_WORDS } from './messages.ts';
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
      title={TIMELINE_WORDS.equal(other, baseline, RESULT_WORDS.equal[budget])}
      caption={TIMELINE_WORDS.equalCaption(
        scope ? READING_WORDS.scopes[scope] : null,
        scope === 'seeds and images' && rows.some(({ id }) => id === 'validation'),
        scope === 'seeds',
      )}
    >
      <thead>
        <tr>
          <th scope="col">{TIMELINE_WORDS.measure}</th>
          {[baseline, other].map((name, i) => (
            <th key={name} scope="col">
              {name}
              <span className={css.below}>{TIMELINE_WORDS.readAt(steps[i])}</span>
            </th>
          ))}
          <th scope="col">{TIMELINE_WORDS.difference}</th>
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
