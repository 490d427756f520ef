import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import type { DrawnSides } from '../../data/dataset/split.ts';
import { SPLIT } from '../../data/dataset/dropped.ts';
import { useServices } from '../context.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { ShareSlider } from '../controls/ShareSlider.tsx';
import { integer } from '../format.ts';
import study from '../study/study.module.css';
import css from './dataset.module.css';

/** Settings of the random splits that the data set does not define: shares per class, and a seed. */
export function SplitControls() {
  const { dataset: store } = useServices();
  const { classes, drawn, shares, seed, dataset, limit } = useStore(store);
  const sides = useMemo(() => {
    const counts = [0, 0, 0];
    for (const side of dataset?.split ?? []) counts[side]++;
    return counts;
  }, [dataset]);
  if (classes.length < 2) return null;
  const isDrawn = drawn.test || drawn.validation;
  const used = classes.reduce((sum, { name, count }) => (name === null ? sum : sum + count), 0);
  return (
    <div className={css.split}>
      {isDrawn && (
        <div className={css.shares}>
          {drawn.test && (
            <ShareSlider
              label="Test share"
              value={shares.test}
              min={0.05}
              max={0.5}
              onChange={(test) => store.hold({ ...shares, test })}
            />
          )}
          {drawn.validation && (
            <ShareSlider
              label="Validation share"
              value={shares.validation}
              min={0.05}
              max={0.3}
              onChange={(validation) => store.hold({ ...shares, validation })}
            />
          )}
        </div>
      )}
      {(isDrawn || limit < used) && (
        <SettingRow
          label="Split seed"
          help="Draws the held-out images of every class, and the images that are used where there are too many. Images that look almost alike stay on one side."
          defaultText="0"
          onReset={seed === 0 ? null : () => store.reseed(0)}
        >
          <NumberInput
            label="Split seed"
            value={seed}
            min={0}
            max={999999}
            step={1}
            onChange={(next) => store.reseed(Math.round(next))}
          />
        </SettingRow>
      )}
      <p className={study.note}>
        {ownSplit(drawn)}
        {dataset &&
          `${integer(sides[SPLIT.train])} to train, ${integer(sides[SPLIT.validation])} to validate, ${integer(sides[SPLIT.test])} to test.`}
      </p>
    </div>
  );
}

/** The splits the data set defines, and what the shares then refer to. */
function ownSplit({ test, validation }: DrawnSides): string {
  if (!test && !validation) return 'The split is the data set’s own. ';
  if (!test) return 'The test images are the data set’s own; the share is of its other images. ';
  if (!validation) return 'The validation images are the data set’s own; the share is of its other images. ';
  return '';
}
