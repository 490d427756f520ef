import { inSentence } from '../../../study/config/settings/rows.ts';
import { sweepValueText } from '../../../study/config/sweep.ts';
import { useServices } from '../../context.ts';
import { Choice } from '../../controls/Choice.tsx';
import css from './sweep-value-choice.module.css';
import type { SweepView } from './sweep-view.ts';

interface SweepValueChoiceProps {
  readonly view: SweepView;
  /** What is shown at the chosen value: "All other figures: at learning rate". @param setting within a sentence */
  readonly label: (setting: string) => string;
}

/** Chooses which value of a sweep the per-arm figures show. Renders nothing without a sweep. */
export function SweepValueChoice({ view: { sweep, value }, label: labelled }: SweepValueChoiceProps) {
  const { study } = useServices();
  if (!sweep || value === null) return null;
  const label = labelled(inSentence(sweep.setting.label));
  return (
    <div className={css.choice}>
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
