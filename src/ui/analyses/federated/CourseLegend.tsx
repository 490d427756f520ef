import { federatedRuleName } from '../../../copra/federated/rule-list.ts';
import type { ArmConfig } from '../../../study/config/config.ts';
import { armStyles } from '../../arm-style.ts';
import css from '../../charts/charts.module.css';
import { ArmGlyph } from '../../charts/Legend.tsx';
import { ruleStyle } from './seed-courses.ts';

interface CourseLegendProps {
  /** All arms of the study, which colours are given to. */
  readonly arms: readonly ArmConfig[];
  readonly drawn: readonly ArmConfig[];
  readonly rules: readonly string[];
}

/** Legend: colour encodes the arm, dash and marker encode the rule. */
export function CourseLegend({ arms, drawn, rules }: CourseLegendProps) {
  const styles = armStyles(arms);
  const item = (key: string, token: `--${string}`, style: ReturnType<typeof ruleStyle>, name: string) => (
    <span key={key} className={css.legendItem}>
      <ArmGlyph style={{ token, ...style }} />
      {name}
    </span>
  );
  return (
    <div className={css.legend}>
      {drawn.map(({ id, name }) => (
        <span key={id} className={css.legendItem}>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <rect x="1" y="1" width="12" height="12" rx="2" fill={`var(${styles.get(id)?.token ?? '--ink'})`} />
          </svg>
          {name}
        </span>
      ))}
      {rules.map((rule) => item(rule, '--ink-2', ruleStyle(rules, rule), federatedRuleName(rule)))}
    </div>
  );
}
