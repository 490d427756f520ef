import type { StudyConfig } from '../../../study/config/config.ts';
import { armStyles } from '../../arm-style.ts';
import css from '../../charts/charts.module.css';
import { ArmGlyph } from '../../charts/Legend.tsx';
import { GEOMETRY_WORDS } from './messages.ts';
import { seedShape } from './seed-shapes.ts';

interface Props {
  readonly config: StudyConfig;
  /** Seeds that the figure shows. */
  readonly seeds: readonly number[];
  /** Whether colours encode arms. */
  readonly arms: boolean;
}

/** Legend: colours for arms, shapes for seeds, and the markers of a run's first and last adapter. */
export function PathLegend({ config, seeds, arms }: Props) {
  const styles = armStyles(config.arms);
  return (
    <div className={css.legend}>
      {arms &&
        config.arms.map((arm) => {
          const style = styles.get(arm.id);
          return (
            <span key={arm.id} className={css.legendItem}>
              {style && <ArmGlyph style={{ token: style.token, dash: style.dash }} />}
              {arm.name}
            </span>
          );
        })}
      {seeds.map((seed) => (
        <span key={seed} className={css.legendItem}>
          <span aria-hidden="true">{seedShape(config.seeds, seed).text}</span>
          {GEOMETRY_WORDS.seed(seed)}
        </span>
      ))}
      <span className={css.legendItem}>{GEOMETRY_WORDS.marks}</span>
    </div>
  );
}
