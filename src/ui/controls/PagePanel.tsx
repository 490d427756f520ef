import { useId, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import css from './page-panel.module.css';

interface PagePanelProps {
  readonly title: string;
  /** What the button says that closes the panel. */
  readonly closeText: string;
  readonly onClose: () => void;
  readonly intro?: string;
  readonly children: ReactNode;
}

/** A part of the page that is there when it was asked for: a title, a way to close it, what it is about. */
export function PagePanel({ title, closeText, onClose, intro, children }: PagePanelProps) {
  const id = useId();
  return (
    <section className={css.panel} aria-labelledby={id}>
      <div className={css.head}>
        <h2 id={id} className={css.title}>
          {title}
        </h2>
        <Button kind="quiet" onPress={onClose}>
          {closeText}
        </Button>
      </div>
      {intro !== undefined && <p className={css.intro}>{intro}</p>}
      {children}
    </section>
  );
}
