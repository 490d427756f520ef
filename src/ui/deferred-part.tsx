/**
 * Parts below the first screens, which are most of what the page renders. Each comes when it is about to be seen. Once the page can be used, those that nobody
 * has come near follow, one per idle moment, so that a search and a screen reader find all of them; a printer, a report and what leads to one have all of
 * them at once.
 */
import { startTransition, Suspense, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import css from './deferred-part.module.css';
import { heldInPlace } from './held-in-place.ts';
import { whenIdle } from './idle.ts';
import { OnceRendered } from './OnceRendered.tsx';

/** Share of the window below and above which a part comes. */
const NEAR = '50%';
/** The next part comes after so many milliseconds, however busy the page is. */
const PATIENCE_MS = 1000;

/** Brings a part, the same function always. */
type Bring = () => void;

/** Of the parts that are not there yet, in page order. */
const awaited = new Set<Bring>();
/** The one that follows now. */
let following: Bring | null = null;
/** Whether none waits any more: what comes to the page later is there at once. */
let haveFollowed = false;
let whenAllThere: (() => void)[] = [];
/** Lets go of what the reader sees first while a part follows. */
let letGo = (): void => undefined;

/** What is seen first stays where it is when a part comes above it, also in browsers that do not see to it by themselves (Safari). */
function holdSeen(): void {
  if (CSS.supports('overflow-anchor', 'auto')) return;
  const parts = document.querySelectorAll('[aria-labelledby="results"] [data-lesson-target]');
  const seen = [...parts].find((part) => part.getBoundingClientRect().bottom > 0);
  if (seen && scrollY > 0) letGo = heldInPlace(seen);
}

/** A part is there with its code, or left the page. */
function arrived(bring: Bring): void {
  awaited.delete(bring);
  if (bring === following) whenIdle(bringRestOfParts, PATIENCE_MS);
  if (awaited.size > 0) return;
  for (const tell of whenAllThere) tell();
  whenAllThere = [];
}

/** Brings all parts at once; those whose code is here are there when this returns. @returns when the others are */
export function bringDeferredParts(): Promise<void> {
  letGo();
  if (awaited.size === 0) return Promise.resolve();
  flushSync(() => awaited.forEach((bring) => bring()));
  return new Promise((resolve) => whenAllThere.push(resolve));
}

/** Brings the parts that are not there, one after the other: React renders those that come together in one go, and begins anew when another joins them. */
export function bringRestOfParts(): void {
  letGo();
  [following = null] = awaited;
  if (following) {
    holdSeen();
    startTransition(following);
  } else haveFollowed = true;
}

interface DeferredPartProps {
  /** It comes folded: little room is kept for it. */
  readonly isFolded?: boolean;
  readonly children: ReactNode;
}

/** A part that comes when it is needed. Its room is kept until it and its code are there. */
export function DeferredPart({ isFolded = false, children }: DeferredPartProps) {
  const [isHere, setHere] = useState(haveFollowed);
  const bring = useCallback(() => setHere(true), []);
  const tellThere = useCallback(() => arrived(bring), [bring]);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    awaited.add(bring);
    const observer = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && startTransition(bring), {
      rootMargin: NEAR,
    });
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      arrived(bring);
    };
  }, [bring]);
  const room = <div ref={place} className={css.room} data-deferred data-folded={isFolded || undefined} />;
  // Within the boundary, so that it stays until all is there.
  return (
    <Suspense fallback={room}>
      {isHere ? (
        <>
          {children}
          <OnceRendered work={tellThere} />
        </>
      ) : (
        room
      )}
    </Suspense>
  );
}
