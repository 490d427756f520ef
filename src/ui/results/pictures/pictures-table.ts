/** The pictures found, as a table: who is right, of how many seeds, and how sure. */
import { shownClasses } from '../../../data/bundled/shown-classes.ts';
import { spread } from '../../../state/summary/summary.ts';
import type { Picture } from '../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import { percent, percentSpread } from '../../format.ts';
import { PICTURE_WORDS } from './messages.ts';
import { nameOfArm } from './picture-words.ts';

export function picturesTable(result: StudyResult, pictures: readonly Picture[]): TableData {
  const { arms } = result.config;
  const classes = shownClasses(result);
  const words = PICTURE_WORDS.table;
  const answering = pictures[0]?.arms ?? [];
  return {
    head: [
      ...[words.picture, words.trueClass, words.backbone, words.probability],
      ...answering.flatMap(({ arm }) => [words.seedsRight(nameOfArm(arms, arm)), words.probability]),
    ],
    rows: pictures.map(({ place, label, backbone, arms: own }) => [
      String(place + 1),
      classes[label],
      backbone ? classes[backbone.predicted] : '–',
      backbone ? percent(backbone.certainty, 0) : '–',
      ...own.flatMap(({ right, runs }) => [
        words.rightOf(right, runs.length),
        percentSpread(spread(runs.map(({ certainty }) => certainty)), 0),
      ]),
    ]),
  };
}
