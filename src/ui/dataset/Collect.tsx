/** Collects images into classes by hand: camera, clipboard, single files. */
import { Button as PlainButton } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { MIN_IMAGES_PER_CLASS } from '../../data/files/limits.ts';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { PlusIcon } from '../controls/icons.tsx';
import study from '../study/study.module.css';
import { Camera } from './Camera.tsx';
import { CollectClass } from './CollectClass.tsx';
import css from './dataset.module.css';
import { AskAdapters } from './AskAdapters.tsx';
import { DATASET_WORDS } from './messages.ts';
import { useOpenDataset } from './use-open-dataset.ts';

export function Collect() {
  const { collect } = useServices();
  const words = DATASET_WORDS.collect;
  const { classes, active } = useStore(collect);
  const open = useOpenDataset();
  const enough = classes.filter(({ images }) => images.length >= MIN_IMAGES_PER_CLASS).length >= 2;
  const target = classes.find(({ id }) => id === active);
  return (
    <div className={css.stack} data-arrival="pictures" tabIndex={-1}>
      <p className={study.note}>{words.note(MIN_IMAGES_PER_CLASS)}</p>
      <Camera target={target?.name ?? ''} onPicture={(blob) => collect.add([blob])} />
      <ul className={css.collectRows} aria-label={words.classes}>
        {classes.map((entry) => (
          <CollectClass key={entry.id} entry={entry} active={entry.id === active} removable={classes.length > 2} />
        ))}
      </ul>
      <AskAdapters />
      <div className={css.oneLine}>
        <PlainButton className={study.textButton} onPress={() => collect.addClass()}>
          <PlusIcon /> {words.addClass}
        </PlainButton>
        <Button kind="primary" isDisabled={!enough} onPress={() => void open(collect.use())}>
          {words.use}
        </Button>
      </div>
    </div>
  );
}
