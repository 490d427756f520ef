/** A look inside: where attention goes on one picture, asked for when the fold is opened. */
import { Suspense } from 'react';
import { Fold } from '../../controls/Fold.tsx';
import { lazily } from '../../lazily.tsx';
import css from './inside.module.css';
import type { LookInsideProps } from './LookInside.tsx';
import { INSIDE_WORDS } from './messages.ts';

const LookInside = lazily(async () => (await import('./LookInside.tsx')).LookInside);

export function InsideFold(props: LookInsideProps) {
  return (
    <Fold quiet level={4} title={INSIDE_WORDS.title} summary={INSIDE_WORDS.summary}>
      <Suspense fallback={<div className={css.inside} />}>
        <LookInside {...props} />
      </Suspense>
    </Fold>
  );
}
