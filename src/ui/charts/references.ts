/** Lines that belong to no arm, by the names that legends give them. */
import { frozenOf } from '../../study/result/frozen.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { fixed } from '../format.ts';
import type { LevelMark, Panel } from './figure.ts';
import { level } from './marks.ts';
import { CHARTS_WORDS } from './messages.ts';

type Tested = Pick<StudyResult, 'task'>;

/** What the accuracy of the frozen backbone is called in every legend, mark and table: "zero-shot", or "head only". */
export const frozenName = (task: Tested['task']): string =>
  CHARTS_WORDS.references[frozenOf(task)?.name ?? 'zero-shot'];

/** The frozen backbone; none where nothing is known of it. */
export const frozenLevel = ({ task }: Tested, at: number | null, axis: LevelMark['axis'] = 'y'): LevelMark[] =>
  at === null ? [] : [level(at, 'dash', axis, frozenName(task))];

/** Its dashes are those of no other line that stands beside it, as chords and ordinary runs do. */
export const chanceLevel = ({ task }: Tested, axis: LevelMark['axis'] = 'y'): LevelMark =>
  level(100 * task.chance, 'dashdot', axis, CHARTS_WORDS.references.chance);

/**
 * The frozen backbone and chance, in per cent. A chance level below the visible range is named at the lower edge instead of squeezing the
 * curves.
 */
export function accuracyReferences(
  result: Tested,
  range: readonly [number, number],
  frozen: number | null,
): { marks: LevelMark[]; remark: Pick<Panel, 'remark'> } {
  const chance = 100 * result.task.chance;
  const isShown = chance >= range[0];
  return {
    marks: [...frozenLevel(result, frozen), ...(isShown ? [chanceLevel(result)] : [])],
    remark: isShown ? {} : { remark: CHARTS_WORDS.chanceBelow(fixed(chance, 1)) },
  };
}
