/** All ways to import images: files, folders, an address, the camera, the clipboard, and data sets stored here. */
import { Suspense, useEffect } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { READ_FILES } from '../../data/files/endings.ts';
import { fromFileList } from '../../data/files/walk.ts';
import { useServices } from '../context.ts';
import { DropIcon } from '../controls/icons.tsx';
import { Fold } from '../controls/Fold.tsx';
import { lazily } from '../lazily.tsx';
import study from '../study/study.module.css';
import { LazyAddressField } from './lazy-address-field.ts';
import { CollectFold } from './CollectFold.tsx';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';
import { useBringFiles } from './use-bring-files.ts';
import { useOpenDataset } from './use-open-dataset.ts';

const StoredDatasets = lazily(async () => (await import('./StoredDatasets.tsx')).StoredDatasets);

export function BringImages() {
  const open = useBringFiles();
  const openSource = useOpenDataset();
  const words = DATASET_WORDS.bring;
  const { stored } = useServices();
  const entries = useStore(stored, (state) => state.entries);
  useEffect(() => void stored.refresh(), [stored]);
  const select = (list: FileList | null) => {
    if (list && list.length > 0) open(fromFileList(list));
  };
  return (
    <div>
      <div className={css.bring}>
        <DropIcon />
        <div>
          <p>
            <strong>{words.own}</strong> {words.how}
          </p>
          <p className={css.buttons}>
            <FileTrigger acceptDirectory onSelect={select}>
              <Button className={study.textButton}>{words.chooseFolder}</Button>
            </FileTrigger>
            <FileTrigger allowsMultiple acceptedFileTypes={READ_FILES} onSelect={select}>
              <Button className={study.textButton}>{words.chooseFiles}</Button>
            </FileTrigger>
          </p>
        </div>
      </div>
      <div className={css.folds}>
        <Fold title={words.fromAddress} level={4}>
          <Suspense>
            <LazyAddressField onOpen={(source) => void openSource(source)} />
          </Suspense>
        </Fold>
        <CollectFold />
        <Fold
          title={DATASET_WORDS.stored.title}
          level={4}
          summary={entries && entries.length > 0 ? words.stored(entries.length) : ''}
        >
          <Suspense>
            <StoredDatasets />
          </Suspense>
        </Fold>
      </div>
    </div>
  );
}
