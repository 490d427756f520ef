/** A named part of the page, which lessons can point at and a teacher's link can hide or lock. */
import type { ReactNode } from 'react';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import { PART_WORDS } from '../../lessons/part-words.ts';
import type { PartName } from '../../lessons/parts.ts';
import css from './page-part.module.css';
import { useLessons } from './use-lessons.ts';

interface PagePartProps {
  readonly name: PartName;
  /** There is something that the reader must be able to stop: whatever a teacher's link says, the part is there and can be used. */
  readonly isNeeded?: boolean;
  readonly children: ReactNode;
}

export function PagePart({ name, isNeeded = false, children }: PagePartProps) {
  const hidden = useLessons((state) => state.teaching.hidden.includes(name)) && !isNeeded;
  const locked = useLessons((state) => state.teaching.locked.includes(name));
  const highlighted = useLessons((state) => state.highlighted === name);
  const concealed = useLessons((state) => state.concealed.includes(name));
  const covered = useLessons((state) => state.covered.includes(name));
  if (hidden) return null;
  return (
    <div
      className={css.part}
      data-lesson-target={name}
      data-highlighted={highlighted || undefined}
      data-concealed={concealed || covered || undefined}
    >
      {locked ? (
        // A disabled fieldset blocks its native controls for every input method but leaves them readable.
        <fieldset disabled={!isNeeded} className={css.locked}>
          {!isNeeded && <legend className={css.legend}>{LESSON_WORDS.lockedByTeacher(PART_WORDS[name])}</legend>}
          {children}
        </fieldset>
      ) : (
        children
      )}
      {(concealed || covered) && <p className={css.cover}>{covered ? LESSON_WORDS.covered : LESSON_WORDS.concealed}</p>}
    </div>
  );
}
