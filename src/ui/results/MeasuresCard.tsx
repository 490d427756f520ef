import { use, useId, type ReactNode } from 'react';
import { EmbeddedContext } from '../charts/figure-contexts.ts';
import shared from '../shared.module.css';
import { unbroken } from '../unbroken.ts';
import css from './measures-table.module.css';

interface MeasuresCardProps {
  readonly title: string;
  /** How to read the numbers. */
  readonly caption: string;
  /** Head and body of the table. */
  readonly children: ReactNode;
}

/** A table of measures with its title, beside the figures. It scrolls sideways where it is too wide. */
export function MeasuresCard({ title, caption, children }: MeasuresCardProps) {
  const id = useId();
  const Title = use(EmbeddedContext) === 'off' ? 'h3' : 'h2';
  return (
    <div className={css.card}>
      <Title id={id} className={css.title}>
        {title}
      </Title>
      <div className={css.scroll} tabIndex={0} role="region" aria-labelledby={id}>
        <table className={`${shared.table} ${css.table}`}>
          <caption>{unbroken(caption)}</caption>
          {children}
        </table>
      </div>
    </div>
  );
}
