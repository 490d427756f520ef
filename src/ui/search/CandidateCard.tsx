/** One way of training of a search: what it changes, and how it did in every round it reached. */
import { hundredths, MISSING, signedPoints } from '../../core/number-format.ts';
import { mean, standardDeviation } from '../../core/statistics.ts';
import { pointsOf, roundsOf, takenName, candidateOf } from '../../state/search/search-points.ts';
import { armChanges } from '../../state/study/config-changes.ts';
import { armOf } from '../../study/schedules/candidate-study.ts';
import type { Regime } from '../../study/schedules/regimes.ts';
import { JUDGED, sameTaken, type ScheduleSearch, type Taken } from '../../study/schedules/schedule-search.ts';
import { Button } from '../controls/Button.tsx';
import { SpreadText } from '../results/measure-cells.tsx';
import shared from '../shared.module.css';
import { SEARCH_WORDS } from './messages.ts';
import css from './search.module.css';

interface Props {
  readonly search: ScheduleSearch;
  readonly regime: Regime;
  readonly taken: Taken;
  /** Its study is that of the page. */
  readonly isTakenOver: boolean;
  readonly onTakeOver: () => void;
}

function spread(values: readonly number[]): string {
  if (values.length === 0) return MISSING;
  const middle = hundredths(mean(values));
  return values.length > 1 ? `${middle} ± ${hundredths(standardDeviation(values))}` : middle;
}

/** "Ramp fraction 0.75 → 0.25, learning rate …", against the arm of the regime with its method, CopRA's for other methods. */
function changesText(regime: Regime, search: ScheduleSearch, { candidate: id, take }: Taken): string {
  const words = SEARCH_WORDS.chosen;
  const candidate = candidateOf(search, id);
  if (!candidate) return '';
  const { arms } = regime.config;
  const base = arms.find(({ method }) => method === candidate.method) ?? arms[1];
  const changes = armChanges(base, armOf(regime, candidate, 'last')).map(({ label, from, to }) =>
    words.change(label, from, to),
  );
  const all = [...changes, ...(take === 'average' ? [words.averaged] : [])];
  return `${words.changes(base.name)}${all.length > 0 ? all.join('; ') : words.nothing}.`;
}

export function CandidateCard({ search, regime, taken, isTakenOver, onTakeOver }: Props) {
  const { head, chosen, fates } = SEARCH_WORDS;
  const name = takenName(search, taken);
  const rows = roundsOf(search).flatMap((round) => {
    const point = pointsOf(search, round).find(({ tried }) => sameTaken(tried, taken));
    return point ? [{ round, point }] : [];
  });
  return (
    <section className={css.card} aria-label={name}>
      <h4 className={css.cardTitle}>{name}</h4>
      <p className={css.note}>{changesText(regime, search, taken)}</p>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={chosen.table(name)}>
        <table className={`${shared.table} ${css.table} ${css.rounds}`}>
          <thead>
            <tr>
              {[...JUDGED.map((judged) => head[judged]), head.margin].map((text) => (
                <th key={text} scope="col">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          {rows.map(({ round: { place, rung, isTest }, point: { tried, margin, fate } }) => (
            <tbody key={place}>
              <tr>
                <th scope="rowgroup" colSpan={JUDGED.length + 1}>
                  {isTest ? SEARCH_WORDS.test : chosen.round(rung.steps, fates[fate])}
                  <span className={css.beneath}>
                    {SEARCH_WORDS.over(isTest ? rung.steps : null, rung.seeds.length, rung.images, isTest)}
                  </span>
                </th>
              </tr>
              <tr>
                {JUDGED.map((judged) => (
                  <td key={judged}>
                    <SpreadText text={spread(tried[judged])} />
                  </td>
                ))}
                <td>{Number.isFinite(margin) ? signedPoints(margin) : MISSING}</td>
              </tr>
            </tbody>
          ))}
        </table>
      </div>
      <p className={css.note}>{chosen.spread}</p>
      {isTakenOver ? (
        <p className={css.note} role="status">
          {chosen.taken}
        </p>
      ) : (
        <div>
          <Button onPress={onTakeOver}>{chosen.take}</Button>
        </div>
      )}
    </section>
  );
}
