import { useEffect, useRef } from 'react';
import { isImage } from '../../data/drop/paths.ts';
import { entriesOf, fromFileList, walkEntries } from '../../data/drop/walk.ts';
import { useEditConfig, useServices } from '../context.ts';
import { useOpenFiles } from '../study/use-open-files.ts';

/** Pictures without folders, as screenshots are, have no class yet: they go to the panel where they get one. */
const areLoosePictures = (files: readonly File[]): boolean =>
  files.length > 0 && files.every(({ name, type }) => type.startsWith('image/') || isImage(name));

/** Files and images pasted anywhere on the page. Text pasted into fields stays there. */
export function WindowPaste() {
  const { collect } = useServices();
  const open = useOpenFiles();
  const edit = useEditConfig();
  const latest = useRef({ open, edit });
  useEffect(() => {
    latest.current = { open, edit };
  });
  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent) => {
      if (!clipboardData) return;
      const files = Array.from(clipboardData.files);
      const entries = entriesOf(clipboardData.items);
      const folders = entries.some(({ isDirectory }) => isDirectory);
      if (folders) latest.current.open(walkEntries(entries));
      else if (areLoosePictures(files)) {
        latest.current.edit((config) => config); // whoever brings images has started from the study shown
        collect.add(files);
        collect.show();
      } else if (files.length > 0) latest.current.open(fromFileList(files));
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, [collect]);
  return null;
}
