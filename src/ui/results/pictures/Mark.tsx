import shared from '../../shared.module.css';
import { PICTURE_WORDS } from './messages.ts';
import css from './pictures.module.css';

/** Right or wrong: by shape, by colour, and in words for screen readers. */
export function Mark({ right }: { readonly right: boolean }) {
  return (
    <span className={css.mark} data-right={right || undefined}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d={right ? 'M2 6.5 5 9.5 10.5 3' : 'M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5'} />
      </svg>
      <span className={shared.hidden}>{right ? PICTURE_WORDS.right : PICTURE_WORDS.wrong}</span>
    </span>
  );
}
