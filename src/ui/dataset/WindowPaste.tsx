import { useEffect, useRef } from 'react';
import { entriesOf, fromFileList, walkEntries } from '../../data/files/walk.ts';
import { useBringFiles } from './use-bring-files.ts';

/** Accepts files, folders and images pasted anywhere on the page. Text pasted into fields stays there. */
export function WindowPaste() {
  const bring = useBringFiles();
  const latest = useRef(bring);
  useEffect(() => {
    latest.current = bring;
  });
  useEffect(() => {
    const paste = ({ clipboardData, defaultPrevented }: ClipboardEvent) => {
      if (defaultPrevented) return; // a part of the page took it
      const files = Array.from(clipboardData?.files ?? []);
      const entries = clipboardData ? entriesOf(clipboardData.items) : [];
      // pasted pictures are files without entries in some browsers
      if (entries.some(({ isDirectory }) => isDirectory)) latest.current(walkEntries(entries));
      else if (files.length > 0) latest.current(fromFileList(files));
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, []);
  return null;
}
