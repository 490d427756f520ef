import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import { SPLIT } from '../../data/dropped.ts';
import { useServices } from '../context.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { ShareSlider } from '../controls/ShareSlider.tsx';
import { integer } from '../format.ts';
import study from '../study/study.module.css';
import css from './dataset.module.css';

/** The data set's own splits, or shares of every class drawn by a seed. */
export function SplitControls() {
  const { dataset: store } = useServices();
  const { classes, splitGiven, shares, seed, dataset } = useStore(store);
  const sides = useMemo(() => {
    const counts = [0, 0, 0];
    for (const side of dataset?.split ?? []) counts[side]++;
    return counts;
  }, [dataset]);
  if (classes.length < 2) return null;
  return (
    <div className={css.split}>
      {!splitGiven && (
        <div className={css.shares}>
          <ShareSlider
            label="Test share"
            value={shares.test}
            min={0.05}
            max={0.5}
            onChange={(test) => store.hold({ ...shares, test })}
          />
          <ShareSlider
            label="Validation share"
            value={shares.validation}
            min={0.05}
            max={0.3}
            onChange={(validation) => store.hold({ ...shares, validation })}
          />
        </div>
      )}
      {!splitGiven && (
        <SettingRow
          label="Split seed"
          help="Draws the test and validation images of every class, and the images that are used where there are too many. Images that look almost alike stay on one side."
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
        {splitGiven && 'The split is the data set’s own. '}
        {dataset &&
          `${integer(sides[SPLIT.train])} to train, ${integer(sides[SPLIT.validation])} to validate, ${integer(sides[SPLIT.test])} to test.`}
      </p>
    </div>
  );
}
