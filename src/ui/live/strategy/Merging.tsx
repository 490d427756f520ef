/** Merges the adapters of two seeds: picture and accuracy follow λ, using the measured landscape. */
import { useMemo, useState } from 'react';
import { frozenOf } from '../../../study/result/frozen.ts';
import type { LandscapeResult } from '../../../study/analyses/landscape/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import { ArmGlyph } from '../../charts/Legend.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { MergePicture } from './MergePicture.tsx';
import { STRATEGY_WORDS } from './messages.ts';
import { PathCurve } from './PathCurve.tsx';
import css from './strategy.module.css';
import shared from '../../shared.module.css';
import { unbroken } from '../../unbroken.ts';

const PATHS: readonly LandscapeResult['path'][] = ['factor', 'product'];

/** "λ = 0.50: 49.1 %, 9.5 points below the straight line between 58.6 % and 58.7 %" */
function said({ lambdas, accuracy }: LandscapeResult, at: number): string {
  const [first, last] = [accuracy[0], accuracy[accuracy.length - 1]];
  const chord = first + lambdas[at] * (last - first);
  const below = 100 * (chord - accuracy[at]);
  return STRATEGY_WORDS.merging.at(lambdas[at], accuracy[at], below, first, last);
}

export function Merging({ result }: { result: StudyResult }) {
  const { config, task } = result;
  const words = STRATEGY_WORDS.merging;
  const arms = new Set(config.arms.map(({ id }) => id));
  const landscape = result.landscape.filter(({ arm }) => arms.has(arm));
  const [path, setPath] = useState<LandscapeResult['path']>('factor');
  const [wanted, setWanted] = useState<string | null>(null);
  const [lambda, setLambda] = useState(0.5);
  const styles = useMemo(() => armStyles(config.arms), [config.arms]);
  const paths = PATHS.filter((id) => landscape.some((entry) => entry.path === id)).map((id) => ({
    id,
    name: words.paths[id],
  }));
  const shownPath = paths.some(({ id }) => id === path) ? path : (paths[0]?.id ?? 'factor');
  const onPath = landscape.filter((entry) => entry.path === shownPath);
  const pairs = [...new Set(onPath.map(({ seeds }) => seeds.join('–')))];
  const pair = wanted !== null && pairs.includes(wanted) ? wanted : pairs[0];
  const shown = config.arms.flatMap((arm) => {
    const entry = onPath.find(({ arm: id, seeds }) => id === arm.id && seeds.join('–') === pair);
    return entry ? [{ arm, entry }] : [];
  });
  const points = shown.length > 0 ? shown[0].entry.lambdas.length : 0;
  const at = Math.round(lambda * (points - 1));
  const seeds = shown.length > 0 ? shown[0].entry.seeds : null;
  return (
    <section className={css.half} aria-labelledby="strategy-merging">
      <div className={css.head}>
        <h4 id="strategy-merging" className={css.title}>
          {words.title}
        </h4>
        {pairs.length > 1 && (
          <Choice
            label={words.pairShown}
            value={pair}
            options={pairs.map((id) => ({ id, name: words.pair(id) }))}
            onChange={setWanted}
          />
        )}
      </div>
      {shown.length === 0 || !seeds ? (
        <p className={css.note}>{words.empty}</p>
      ) : (
        <>
          <p className={css.note}>{words.note(seeds[0], seeds[1], result.task.test)}</p>
          {shown.map(({ arm, entry }) => {
            const style = styles.get(arm.id);
            const colour = `var(${style?.token ?? '--ink'})`;
            return (
              <div key={arm.id} className={css.merge}>
                <span className={shared.armName}>
                  {style && <ArmGlyph style={style} />}
                  {arm.name}
                </span>
                <div className={css.mergeBody}>
                  <MergePicture share={entry.lambdas[at]} colour={colour} seeds={entry.seeds} />
                  <PathCurve entry={entry} at={at} colour={colour} frozen={frozenOf(task)?.accuracy ?? null} />
                </div>
                <span className={css.said}>{unbroken(said(entry, at))}</span>
              </div>
            );
          })}
          <div className={css.controls}>
            <span className={css.step}>λ</span>
            <input
              className={css.slider}
              type="range"
              min={0}
              max={points - 1}
              value={at}
              aria-label={words.share}
              aria-valuetext={shown.map(({ arm, entry }) => words.ofArm(arm.name, said(entry, at))).join('; ')}
              onChange={(event) => setLambda(Number(event.target.value) / (points - 1))}
            />
            {paths.length > 1 && <Segmented label={words.how} value={shownPath} options={paths} onChange={setPath} />}
          </div>
        </>
      )}
    </section>
  );
}
