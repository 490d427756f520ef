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
    // The next element is entered before the last one is left. Counting tells nothing: one that is removed below the files, as a chart drawn anew, is never left.
    let entered: EventTarget | null = null;
    const end = () => {
      entered = null;
      setHovering(false);
    };
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      entered = event.target;
      setHovering(true);
    };
    const leave = ({ target }: DragEvent) => {
      if (target === entered) end();
    };
    // No pointer moves while something is dragged: it ended, and the page was not told.
    const move = () => {
      if (entered) end();
    };
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      setTaken(event.defaultPrevented);
      event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      end();
      if (!event.dataTransfer || !carriesFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      latest.current(walkEntries(entriesOf(event.dataTransfer.items)));
    };
    const listening = new AbortController();
    const { signal } = listening;
    window.addEventListener('dragenter', enter, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('dragover', over, { signal });
    window.addEventListener('drop', drop, { signal });
    window.addEventListener('pointermove', move, { signal });
    return () => listening.abort();
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
