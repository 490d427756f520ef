/** A finding of the result on the page as a small picture and one sentence. A press goes to its chart. */
import { memo, Suspense, useMemo, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import {
  averageFinding,
  averagingFinding,
  halfOffFinding,
  priceFinding,
  reachedFinding,
  type FindingWords,
} from './finding-words.ts';
import {
  comparedArms,
  meanFactorPath,
  type Compared,
  type Finding,
  type FindingId,
} from '../../state/summary/findings.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { armStyles, type ArmStyle } from '../arm-style.ts';
import { useComing } from '../context.ts';
import { keepInView } from '../lessons/keep-in-view.ts';
import { DipPicture } from './DipPicture.tsx';
import { FINDING_PARTS } from './finding-parts.ts';
import { STORY } from './messages.ts';
import { lazily } from '../lazily.tsx';
import { unbroken } from '../unbroken.ts';
import css from './story.module.css';

const EqualTaskVerdict = lazily(async () => (await import('../results/EqualTask.tsx')).EqualTaskVerdict);

const WORDS: Readonly<Record<FindingId, (compared: Compared) => FindingWords>> = {
  'half-off': halfOffFinding,
  average: averageFinding,
  'other-domains': reachedFinding,
  tasks: reachedFinding,
  averaging: averagingFinding,
  clients: reachedFinding,
  price: priceFinding,
};

interface RowProps {
  readonly name: string;
  readonly value: string;
  readonly style: ArmStyle;
  /** Length of its bar, in [0, 1]; null: no bar. */
  readonly share: number | null;
}

function Row({ name, value, style, share }: RowProps) {
  return (
    <span className={css.row} data-bar={share !== null || undefined}>
      <span className={css.rowName}>{name}</span>
      {share !== null && (
        <span className={css.bar} aria-hidden="true">
          <span
            className={css.fill}
            style={{ width: `${100 * Math.min(1, Math.max(0, share))}%`, background: `var(${style.token})` }}
          />
        </span>
      )}
      <span className={css.value}>{value}</span>
    </span>
  );
}

interface TileProps {
  readonly finding: Finding;
  readonly result: StudyResult | null;
  /** What was shown before the study that runs; null while none runs. */
  readonly before: StudyResult | null;
}

function Picture({ id, compared, result }: { id: FindingId; compared: Compared; result: StudyResult }): ReactNode {
  const arms = comparedArms(result.config);
  const styles = useMemo(() => armStyles(result.config.arms), [result.config.arms]);
  if (!arms) return null;
  const { values } = WORDS[id](compared);
  const rows = arms.map((arm, i) => {
    const style = styles.get(arm.id);
    const share = id === 'average' ? null : compared.values[i];
    return style && <Row key={arm.id} name={arm.name} value={values[i]} style={style} share={share} />;
  });
  if (id !== 'average') return rows;
  const paths = arms.flatMap((arm) => {
    const [path, style] = [meanFactorPath(result, arm.id), styles.get(arm.id)];
    return path && style ? [{ path, style }] : [];
  });
  return (
    <span className={css.dip}>
      <DipPicture paths={paths} />
      <span>{rows}</span>
    </span>
  );
}

/** On one line, where the study is unfolded. */
export function FindingLine({ finding: { id, compared, earlier } }: Pick<TileProps, 'finding'>) {
  const { short } = STORY.findings[id];
  const shown = compared ?? earlier;
  if (!shown) return null;
  const { values, verdict } = WORDS[id](shown);
  const [first, second] = shown.names.map((name, i) => `${name} ${values[i]}`);
  return (
    <Button
      className={css.line}
      data-earlier={compared === null || undefined}
      aria-label={`${short}: ${first}, ${second}. ${verdict} ${STORY.toChart}`}
      onPress={() => void keepInView(FINDING_PARTS[id], 'start')}
    >
      <span className={css.lineTitle}>{short}</span> {first} · {second}
    </Button>
  );
}

/** The same while the study on this device has its time found out. */
export const FindingTile = memo(function FindingTile({
  finding: { id, compared, earlier, lack },
  result,
  before,
}: TileProps) {
  const { title, of } = STORY.findings[id];
  const [shown, holder] = compared ? [compared, result] : [earlier, before];
  const coming = useComing();
  if (!shown || !holder)
    return (
      <div className={css.tile} data-awaited>
        <span className={css.tileTitle}>{title}</span>
        <span className={css.of}>{lack ? STORY.lacks[lack.why] : coming ? STORY.loading : STORY.awaited}</span>
      </div>
    );
  const { verdict } = WORDS[id](shown);
  return (
    <Button
      className={css.tile}
      data-earlier={compared === null || undefined}
      onPress={() => void keepInView(FINDING_PARTS[id], 'start')}
    >
      <span className={css.tileTitle}>
        {title} <span aria-hidden="true">↓</span>
      </span>
      <Picture id={id} compared={shown} result={holder} />
      <span className={css.of}>{compared ? of : STORY.measuring}</span>
      <span className={css.verdict}>
        {unbroken(verdict)}
        {id === 'other-domains' && (
          <Suspense>
            <EqualTaskVerdict result={holder} />
          </Suspense>
        )}
      </span>
    </Button>
  );
});
