import { Button } from 'react-aria-components';
import { useStudy } from '../context.ts';
import { ShareIcon } from '../controls/icons.tsx';
import { ShareTrigger } from '../share/ShareTrigger.tsx';
import css from './header.module.css';

/** Copies a link that contains the study and its curves, and says what it contains. */
export function ShareButton() {
  const hasResult = useStudy((state) => state.result !== null);
  return (
    <ShareTrigger>
      <Button className={css.headerButton} isDisabled={!hasResult} aria-label="Share the result as a link">
        <ShareIcon />
        <span className={css.wideOnly}>Share</span>
      </Button>
    </ShareTrigger>
  );
}
