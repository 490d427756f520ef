/** The test of a search's winner: what it decides, and the differences it rests on. */
import { listed } from '../../core/listed.ts';
import { MISSING, signedPoints, signedPointsEnd } from '../../core/number-format.ts';
import { takenName, verdictText } from '../../state/search/search-points.ts';
import { countsOwnMotifs } from '../../study/result/motifs.ts';
import type { Regime } from '../../study/schedules/regimes.ts';
import { JUDGED, type ReferenceDifference, type ScheduleSearch } from '../../study/schedules/schedule-search.ts';
import { Button } from '../controls/Button.tsx';
import { SUMMARY_WORDS } from '../results/summary/messages.ts';
import shared from '../shared.module.css';
import { SEARCH_WORDS } from './messages.ts';
import css from './search.module.css';

/** A difference and below it its interval, strong where that leaves out 0. */
function Difference({ difference }: { difference: ReferenceDifference | undefined }) {
  if (!difference) return MISSING;
  const { mean, low, high } = difference;
  const isKnown = low !== null && high !== null;
  const Tag = isKnown && (low > 0 || high < 0) ? 'strong' : 'span';
  return (
    <Tag>
      {signedPoints(mean)}
      <span className={css.beneath}>
        {isKnown
          ? SEARCH_WORDS.tested.interval(signedPointsEnd(low), signedPointsEnd(high))
          : SEARCH_WORDS.tested.tooFew}
      </span>
    </Tag>
  );
}

interface Props {
  readonly search: ScheduleSearch;
  readonly regime: Regime;
  /** Opens the study behind the test; null where it is not at hand. */
  readonly onOpen: (() => void) | null;
}

export function TestedWinner({ search, regime, onOpen }: Props) {
  const { tested } = SEARCH_WORDS;
  const { confirmed, references } = search;
  const title = confirmed ? tested.table(takenName(search, confirmed.winner)) : '';
  return (
    <section className={`${css.card} ${css.ground}`} aria-label={tested.title}>
      <h3 className={css.cardTitle}>{tested.title}</h3>
      <p>{verdictText(search)}</p>
      {confirmed && (
        <>
          <div className={css.scroll} tabIndex={0} role="region" aria-label={title}>
            <table className={`${shared.table} ${css.table}`}>
              <thead>
                <tr>
                  <th scope="col">{tested.minus}</th>
                  {JUDGED.map((judged) => (
                    <th key={judged} scope="col">
                      {SEARCH_WORDS.judged[judged].name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {references.map((reference) => (
                  <tr key={reference}>
                    <th scope="row">{takenName(search, { candidate: reference, take: 'last' })}</th>
                    {JUDGED.map((judged) => (
                      <td key={judged}>
                        <Difference
                          difference={confirmed.differences.find(
                            (one) => one.measure === judged && one.reference === reference,
                          )}
                        />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className={css.note}>
            {tested.note(listed(confirmed.seeds.map(String)), confirmed.images)}
            {countsOwnMotifs(regime.config.task, confirmed.motifs) && ` ${SUMMARY_WORDS.intervals.ownMotifs}`}
          </p>
          {onOpen && (
            <div>
              <Button onPress={onOpen}>{tested.open}</Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}
