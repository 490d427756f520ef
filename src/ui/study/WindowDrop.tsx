import { useEffect, useRef, useState } from 'react';
import { entriesOf, walkEntries } from '../../data/files/walk.ts';
import { useBringFiles } from '../dataset/use-bring-files.ts';
import { PAGE_WORDS } from '../messages.ts';
import css from './study.module.css';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Accepts drops anywhere in the window, with an overlay while files hover. */
export function WindowDrop() {
  const open = useBringFiles();
  const latest = useRef(open);
  const [hovering, setHovering] = useState(false);
  /** A part of the page takes what hovers over it. */
  const [taken, setTaken] = useState(false);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    // Enter and leave events also fire between elements of the page; only their balance shows whether the files left the window.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth++;
      setHovering(true);
    };
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setHovering(false);
    };
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      setTaken(event.defaultPrevented);
      event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setHovering(false);
      if (!event.dataTransfer || !carriesFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      latest.current(walkEntries(entriesOf(event.dataTransfer.items)));
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: over, drop } as const;
    for (const [type, listener] of Object.entries(listeners))
      window.addEventListener(type as keyof typeof listeners, listener);
    return () => {
      for (const [type, listener] of Object.entries(listeners))
        window.removeEventListener(type as keyof typeof listeners, listener);
    };
  }, []);
  if (!hovering || taken) return null;
  return (
    <div className={css.overlay} aria-hidden="true">
      <p>
        <strong>{PAGE_WORDS.drop.title}</strong>
        {PAGE_WORDS.drop.what}
      </p>
    </div>
  );
}
