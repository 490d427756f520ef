import { Suspense, type ReactNode } from 'react';
import type { PagePart as PartName } from '../lessons/parts.ts';
import { PagePart } from './lessons/PagePart.tsx';

interface AskedPanelProps {
  /** Under which name lessons point at it. */
  readonly part?: PartName;
  /** A panel that is loaded when it is first shown; null before anybody asked for it. */
  readonly children: ReactNode;
}

/** The place of a panel that the page has once it was asked for. */
export function AskedPanel({ part, children }: AskedPanelProps) {
  if (!children) return null;
  // The part is inside, so that a lesson that points at it scrolls once the panel is there.
  return <Suspense>{part ? <PagePart name={part}>{children}</PagePart> : children}</Suspense>;
}
