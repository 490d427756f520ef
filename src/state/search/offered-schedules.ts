/** Schedules that a search found and its test confirmed: methods of the page as long as their evidence says so. */
import { armOf } from '../../study/schedules/candidate-study.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import { REGIMES, type Regime } from '../../study/schedules/regimes.ts';
import type { ScheduleSearch } from '../../study/schedules/schedule-search.ts';
import { offeringTest } from '../../study/schedules/verdict.ts';
import type { ArmConfig } from '../../study/config/config.ts';
import { savedSearch } from './search-commands.ts';
import { candidateOf, evidenceText, takenName } from './search-points.ts';

export interface OfferedSchedule {
  readonly regime: Regime;
  /** The name of the winner, and of the regime in which it was found. */
  readonly name: string;
  /** With all settings of the winner. */
  readonly arm: ArmConfig;
  /** What its test found, in one sentence. */
  readonly evidence: string;
}

/** Null where the test says anything else, or has not been done. */
export function offeredBy(regime: Regime, search: ScheduleSearch): OfferedSchedule | null {
  const test = offeringTest(search);
  const evidence = evidenceText(search);
  const candidate = test && candidateOf(search, test.winner.candidate);
  if (!test || !candidate || evidence === null) return null;
  const name = takenName(search, test.winner);
  const arm = armOf(regime, { ...candidate, name: `Searched: ${candidate.name}` }, test.winner.take);
  return { regime, name: `${name} (${PRESET_WORDS.called(regime.name)})`, arm, evidence };
}

/** Those of the searches that come with the page. One that cannot be read offers nothing. @param page its address */
export async function offeredSchedules(page: string, regimes: readonly Regime[] = REGIMES): Promise<OfferedSchedule[]> {
  const searches = await Promise.all(
    regimes
      .filter(({ saved }) => saved)
      .map(async (regime) => {
        const search = await savedSearch(regime, page).catch(() => null);
        return search && offeredBy(regime, search);
      }),
  );
  return searches.filter((offered) => offered !== null);
}
