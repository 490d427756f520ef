import { Button } from 'react-aria-components';
import { picturesStore } from '../../../state/pictures/pictures-store.ts';
import { PICTURE_WORDS } from './messages.ts';
import { PAGE, type PicturePage } from './picture-page.ts';
import css from './pictures.module.css';

/** Turns the pages of the pictures found. At an end a button stays where it is for the keyboard, and does nothing. */
export function PicturePager({ page, found }: { readonly page: PicturePage; readonly found: number }) {
  const { first, shown, isLast } = page;
  return (
    <span className={css.pager}>
      <Button
        className={css.turn}
        aria-label={PICTURE_WORDS.earlier}
        aria-disabled={first === 0}
        onPress={() => picturesStore.setState({ from: Math.max(0, first - PAGE) })}
      >
        ‹
      </Button>
      <span className={css.count} role="status">
        {shown.length > 0 ? PICTURE_WORDS.page(first + 1, first + shown.length, found) : PICTURE_WORDS.none}
      </span>
      <Button
        className={css.turn}
        aria-label={PICTURE_WORDS.further}
        aria-disabled={isLast}
        onPress={() => !isLast && picturesStore.setState({ from: first + PAGE })}
      >
        ›
      </Button>
    </span>
  );
}
