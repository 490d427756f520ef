import { Suspense, useEffect, type ReactNode } from 'react';
import type { PartName } from '../lessons/parts.ts';
import { PagePart } from './lessons/PagePart.tsx';
import { comeToPart } from './lessons/scroll-to-part.ts';
import css from './App.module.css';

interface AskedPanelProps {
  /** Under which name lessons point at it. */
  readonly part?: PartName;
  /** A panel that is loaded when it is first shown; null before anybody asked for it. */
  readonly children: ReactNode;
}

/** In a window with few columns it would stand below all settings, out of the sight of who asked for it. */
function InView({ part, children }: { readonly part: PartName; readonly children: ReactNode }) {
  useEffect(() => comeToPart(part), [part]);
  return <PagePart name={part}>{children}</PagePart>;
}

/** The place of a panel that the page has once it was asked for. */
export function AskedPanel({ part, children }: AskedPanelProps) {
  if (!children) return null;
  if (!part) return <Suspense>{children}</Suspense>;
  // The part is inside, so that it is scrolled to once the panel is there; its place is there at once.
  return (
    <div className={css.asked} data-asked={part}>
      <Suspense>
        <InView part={part}>{children}</InView>
      </Suspense>
    </div>
  );
}
