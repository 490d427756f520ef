import { Button, FileTrigger } from 'react-aria-components';
import { fromFileList } from '../../data/drop/walk.ts';
import { DropIcon } from '../controls/icons.tsx';
import css from './study.module.css';
import { useOpenFiles } from './use-open-files.ts';

/** The visible half of the drop target; the whole window accepts drops (WindowDrop). */
export function DropCard() {
  const open = useOpenFiles();
  const select = (list: FileList | null) => {
    if (list && list.length > 0) open(fromFileList(list));
  };
  return (
    <div className={css.drop}>
      <DropIcon />
      <div>
        <p>Drop a folder or zip with one sub-folder per class anywhere on this page. It stays on your device.</p>
        <p className={css.dropButtons}>
          <FileTrigger acceptDirectory onSelect={select}>
            <Button className={css.textButton}>Choose a folder</Button>
          </FileTrigger>
          <FileTrigger acceptedFileTypes={['.zip', 'application/zip']} onSelect={select}>
            <Button className={css.textButton}>Choose a zip</Button>
          </FileTrigger>
        </p>
      </div>
    </div>
  );
}
