/** How many have answered, and what they answered as a file. */
import { Button } from 'react-aria-components';
import { layerNames } from '../../../core/layer-names.ts';
import { PART_WORDS } from '../../../lessons/part-words.ts';
import { ownCsv } from '../../../share/csv/own-csv.ts';
import { layersOf, type OwnAdapter, type OwnSettings } from '../../../state/own/respondents.ts';
import { playerKey } from '../../../state/summary/prune-by-hand.ts';
import charts from '../../charts/charts.module.css';
import { saveText } from '../../charts/download.ts';
import { CHARTS_WORDS } from '../../charts/messages.ts';
import { OWN_WORDS } from './messages.ts';
import type { Answering } from './use-answers.ts';

interface Props {
  readonly count: number;
  readonly inFiles: Answering['inFiles'];
  /** What the picture is called in the file. */
  readonly picture: () => string;
  readonly adapters: readonly OwnAdapter[];
  readonly off: OwnSettings['off'];
}

export function AnswersFoot({ count, inFiles, picture, adapters, off }: Props) {
  const save = (): void => {
    const layers = layersOf(adapters);
    const offNames = layerNames(layers).filter((_, i) => off.has(playerKey(layers[i])));
    saveText(ownCsv(picture(), inFiles(), offNames), 'copra-own-picture.csv');
  };
  return (
    <div className={charts.foot}>
      <span className={charts.meta}>{OWN_WORDS.meta(count)}</span>
      <span className={charts.downloads}>
        <Button className={charts.download} aria-label={CHARTS_WORDS.download(PART_WORDS.own, 'CSV')} onPress={save}>
          CSV
        </Button>
      </span>
    </div>
  );
}
