/** Over the lower edge of the window while what has something to tell is out of view: what it tells, and a way there. */
import { useEffect, useState } from 'react';
import { endArrival, type Arrival, type ArrivalPlace } from '../../state/page/arrival.ts';
import { needStudyOpen } from '../../state/page/study-fold.ts';
import { useServices } from '../context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { CloseIcon } from '../controls/icons.tsx';
import { toldHeight } from '../told-height.ts';
import css from './arrival.module.css';
import { ARRIVAL_WORDS } from './messages.ts';

/** Within it most places come into view by themselves. */
const PATIENCE_MS = 500;
const LOOK_MS = 100;

const tellHeight = toldHeight('--note');

/** Places outside of the study's settings. */
const BESIDE: ReadonlySet<ArrivalPlace> = new Set(['adapters', 'notices']);

/** Calls back with the element of a place once it is on the page: parts of it are loaded first. @returns a function that ends this */
function whenThere(place: ArrivalPlace, found: (element: HTMLElement) => void): () => void {
  const looking = setInterval(() => {
    const element = document.querySelector<HTMLElement>(`[data-arrival="${place}"]`);
    if (!element) return;
    clearInterval(looking);
    found(element);
  }, LOOK_MS);
  return () => clearInterval(looking);
}

function whenSeen(place: ArrivalPlace, seen: () => void): () => void {
  const watch = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) seen();
  });
  const stop = whenThere(place, (element) => watch.observe(element));
  return () => {
    stop();
    watch.disconnect();
  };
}

export function ArrivalNotice({ arrival }: { readonly arrival: Arrival }) {
  const { fold } = useServices();
  const [isLate, setLate] = useState(false);
  const { say, place } = arrival;
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => whenSeen(arrival.place, () => endArrival(arrival)), [arrival]);
  const show = (): void => {
    if (!BESIDE.has(place)) needStudyOpen(fold);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    whenThere(place, (element) => {
      element.focus({ preventScroll: true });
      element.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
    });
  };
  if (!isLate) return null;
  return (
    <div ref={tellHeight} className={css.place}>
      <div className={css.notice}>
        <p>{say()}</p>
        <Button onPress={show}>{ARRIVAL_WORDS.show}</Button>
        <IconButton name={ARRIVAL_WORDS.dismiss} onPress={() => endArrival(arrival)}>
          <CloseIcon />
        </IconButton>
      </div>
    </div>
  );
}
