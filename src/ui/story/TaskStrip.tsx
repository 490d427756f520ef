import type { ReactNode } from 'react';
import { unbrokenPercent } from '../../study/readings/numbers.ts';
import { unbroken } from '../unbroken.ts';
import { STORY } from './messages.ts';
import css from './task-strip.module.css';

interface TaskStripProps {
  readonly name: string;
  /** What its classes are, for screen readers. */
  readonly description: string;
  /** Accuracy before training; null where it is not known, or not told. */
  readonly before: number | null;
  readonly classes: readonly { readonly name: string; readonly pictures: readonly ReactNode[] }[];
  /** Stands in the place of pictures that the page does not have; null: it has them. */
  readonly instead?: ReactNode;
}

/** A task on one line, above pictures of its classes. */
export function TaskStrip({ name, description, before, classes, instead = null }: TaskStripProps) {
  const facts = [name, ...(before === null ? [] : [STORY.task.before(unbrokenPercent(before))])];
  return (
    <div className={css.strip}>
      <p className={css.words}>
        <strong>{STORY.task.title}</strong> <span>{unbroken(facts.join(' · '))}</span>
      </p>
      {instead ?? (
        <ul className={css.classes} aria-label={description}>
          {classes.map((each) => (
            <li key={each.name} title={each.name}>
              <span className={css.pictures} role="img" aria-label={STORY.task.pictures(each.name)}>
                {each.pictures}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
