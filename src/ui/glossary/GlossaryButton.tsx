import { Suspense, useRef, useState } from 'react';
import { CloseIcon } from '../controls/icons.tsx';
import { lazily } from '../lazily.tsx';
import css from './glossary.module.css';
import { GLOSSARY_CONTROLS } from './messages.ts';

const GlossaryList = lazily(async () => (await import('./GlossaryList.tsx')).GlossaryList);

const TITLE = 'glossary-title';

/** Opens all words in the browser's own modal dialog: it keeps the focus, and Escape closes it. */
export function GlossaryButton() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const open = (): void => {
    setOpen(true);
    dialog.current?.showModal();
  };
  return (
    <>
      <button type="button" className={css.open} onClick={open}>
        {GLOSSARY_CONTROLS.open}
      </button>
      <dialog
        ref={dialog}
        className={css.dialog}
        aria-labelledby={TITLE}
        onClose={() => setOpen(false)}
        onClick={(event) => event.target === dialog.current && dialog.current.close()}
      >
        <div className={css.head}>
          <h2 id={TITLE}>{GLOSSARY_CONTROLS.title}</h2>
          <button
            type="button"
            className={css.close}
            aria-label={GLOSSARY_CONTROLS.close}
            onClick={() => dialog.current?.close()}
          >
            <CloseIcon />
          </button>
        </div>
        <Suspense>{isOpen && <GlossaryList />}</Suspense>
      </dialog>
    </>
  );
}
