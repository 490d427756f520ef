import { inSentence } from '../../../study/config/settings/rows.ts';
import { sweepValueText } from '../../../study/config/sweep.ts';
import { useServices } from '../../context.ts';
import { Choice } from '../../controls/Choice.tsx';
import css from '../results.module.css';
import { SWEEP_WORDS } from './messages.ts';
import type { SweepView } from './sweep-view.ts';

/** Chooses which value of a sweep the per-arm figures show. Renders nothing without a sweep. */
export function SweepValueChoice({ view: { sweep, value }, where }: { view: SweepView; where: string }) {
  const { study } = useServices();
  if (!sweep || value === null) return null;
  const label = SWEEP_WORDS.choice(where, inSentence(sweep.setting.label));
  return (
    <div className={css.sweepChoice}>
      <span>{label}</span>
      <Choice
        label={label}
        value={sweepValueText(value)}
        options={sweep.values.map((option) => ({ id: sweepValueText(option), name: sweepValueText(option) }))}
        onChange={(id) => study.setState({ sweepValue: sweep.values.find((option) => sweepValueText(option) === id) })}
      />
    </div>
  );
}
