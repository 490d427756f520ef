import shared from '../../shared.module.css';
import { PICTURE_WORDS } from './messages.ts';
import { markOf } from './picture-words.ts';
import css from './pictures.module.css';

const PATHS = { right: 'M2 6.5 5 9.5 10.5 3', wrong: 'M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5', tied: 'M2 6H10' } as const;

/** Right or wrong, or neither (null): by shape, by colour, and in words for screen readers. */
export function Mark({ right }: { readonly right: boolean | null }) {
  const is = markOf(right);
  return (
    <span className={css.mark} data-is={is}>
      <svg width="0.75rem" height="0.75rem" viewBox="0 0 12 12" aria-hidden="true">
        <path d={PATHS[is]} />
      </svg>
      <span className={shared.hidden}>{PICTURE_WORDS[is]}</span>
    </span>
  );
}
