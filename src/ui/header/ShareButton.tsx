import { Button } from 'react-aria-components';
import { useStudy } from '../context.ts';
import { ShareIcon } from '../controls/icons.tsx';
import { ShareTrigger } from '../share/ShareTrigger.tsx';
import css from './header.module.css';
import { HEADER_WORDS } from './messages.ts';

/** Copies a link that contains the study and its curves, and says what it contains. */
export function ShareButton() {
  const hasResult = useStudy((state) => state.result !== null);
  return (
    <ShareTrigger>
      <Button className={css.headerButton} isDisabled={!hasResult} aria-label={HEADER_WORDS.shareAsLink}>
        <ShareIcon />
        <span className={css.wideOnly}>{HEADER_WORDS.share}</span>
      </Button>
    </ShareTrigger>
  );
}
