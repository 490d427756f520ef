/** What the rows of the table of results are called. */
import type { GlanceFigure } from '../../../state/summary/glance.ts';
import type { ArmConfig, StudyConfig } from '../../../study/config/config.ts';
import { quoted } from '../../../study/readings/numbers.ts';
import { SUMMARY_WORDS } from './messages.ts';

/** The label and help of every row; of several arms it says which one they are held equal with. */
export const rowWords = (
  figures: readonly GlanceFigure[],
  { arms }: Pick<StudyConfig, 'arms'>,
  baseline: ArmConfig,
): { readonly label: string; readonly help: string }[] =>
  figures.map((figure) => {
    const words = SUMMARY_WORDS.rows[figure];
    return figure === 'equalTask' && arms.length > 2
      ? { ...words, label: SUMMARY_WORDS.equalTaskAs(quoted(baseline.name)) }
      : words;
  });
