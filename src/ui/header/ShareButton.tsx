import { Suspense } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useStudy } from '../context.ts';
import controls from '../controls/controls.module.css';
import { ShareIcon } from '../controls/icons.tsx';
import share from '../share/share.module.css';
import { lazily } from '../lazily.ts';
import css from './header.module.css';

const ShareDialog = lazily(async () => (await import('../share/ShareDialog.tsx')).ShareDialog);

/** Copies a link that contains the study and its curves, and says what it contains. */
export function ShareButton() {
  const result = useStudy((state) => state.result);
  return (
    <DialogTrigger>
      <Button className={css.headerButton} isDisabled={!result} aria-label="Share the result as a link">
        <ShareIcon />
        <span className={css.wideOnly}>Share</span>
      </Button>
      <Popover className={controls.popover} placement="bottom end" offset={4}>
        <Dialog className={share.dialog} aria-label="Share">
          <Suspense>{result && <ShareDialog result={result} />}</Suspense>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
