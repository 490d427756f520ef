import { Button } from 'react-aria-components';
import { useStore } from 'zustand/react';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import type { DrawnSides } from '../../data/dataset/shares.ts';
import { splitCsv } from '../../share/csv/split-csv.ts';
import { saveText } from '../charts/download.ts';
import { useServices } from '../context.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { ShareSlider } from '../controls/ShareSlider.tsx';
import study from '../study/study.module.css';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';

/** Settings of the random splits that the data set does not define: shares per class, and a seed. */
export function SplitControls() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.split;
  const { classes, used, drawn, shares, seed, dataset, limit, layout } = useStore(store);
  if (classes.length < 2) return null;
  const isDrawn = drawn.test || drawn.validation;
  const total = used.reduce((sum, { count }) => sum + count, 0);
  const sum = (side: 'train' | 'validation' | 'test') => used.reduce((all, { sides }) => all + (sides?.[side] ?? 0), 0);
  return (
    <div className={css.split}>
      {isDrawn && (
        <div className={css.shares}>
          {drawn.test && (
            <ShareSlider
              label={words.test}
              value={shares.test}
              min={0.05}
              max={0.5}
              onChange={(test) => store.hold({ ...shares, test })}
            />
          )}
          {drawn.validation && (
            <ShareSlider
              label={words.validation}
              value={shares.validation}
              min={0.05}
              max={0.3}
              onChange={(validation) => store.hold({ ...shares, validation })}
            />
          )}
        </div>
      )}
      {(isDrawn || limit < total) && (
        <SettingRow
          label={words.seed}
          help={words.seedHelp}
          defaultText="0"
          onReset={seed === 0 ? null : () => store.reseed(0)}
        >
          <NumberInput
            label={words.seed}
            value={seed}
            min={0}
            max={999999}
            step={1}
            onChange={(next) => store.reseed(Math.round(next))}
          />
        </SettingRow>
      )}
      <p className={study.note}>
        {ownSplit(drawn, layout === null)}
        {dataset && words.sides(sum('train'), sum('validation'), sum('test'))}
      </p>
      {dataset?.files && <SplitDownload dataset={dataset} files={dataset.files} />}
    </div>
  );
}

/** Which file goes where, as a table that is read back when it is dropped with the images. */
function SplitDownload({ dataset, files }: { dataset: DroppedDataset; files: readonly string[] }) {
  return (
    <p className={css.buttons}>
      <Button className={study.textButton} onPress={() => saveText(splitCsv(dataset, files), 'copra-split.csv')}>
        {DATASET_WORDS.split.download}
      </Button>
    </p>
  );
}

/** The splits the data set defines, and what the shares then refer to. @param isResumed the images came back with a study, which had split them */
function ownSplit({ test, validation }: DrawnSides, isResumed: boolean): string {
  const words = DATASET_WORDS.split;
  if (!test && !validation) return `${isResumed ? words.ofStudy : words.own} `;
  if (!test) return `${words.ownTest} `;
  if (!validation) return `${words.ownValidation} `;
  return '';
}
