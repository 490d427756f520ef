/** Opens the dialog that shares the result on the page, from any button. */
import { Suspense, useState, type ReactNode } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useServices } from '../context.ts';
import controls from '../controls/controls.module.css';
import { HEADER_WORDS } from '../header/messages.ts';
import { lazily } from '../lazily.tsx';
import css from './share-dialog.module.css';

const ShareDialog = lazily(async () => (await import('./ShareDialog.tsx')).ShareDialog);

/** What is shared is the result as it was when the dialog opened: a running study would change the link, and what is copied, under the reader. */
function Shared() {
  const { study } = useServices();
  const [result] = useState(() => study.getState().result);
  return <Suspense fallback={<div className={css.awaited} />}>{result && <ShareDialog result={result} />}</Suspense>;
}

/** @param children the button */
export function ShareTrigger({ children }: { children: ReactNode }) {
  return (
    <DialogTrigger>
      {children}
      <Popover className={controls.popover} placement="bottom end" offset={4}>
        <Dialog className={css.dialog} aria-label={HEADER_WORDS.share}>
          <Shared />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
