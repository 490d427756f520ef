import { useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import css from './controls.module.css';
import { ChevronIcon } from './icons.tsx';

interface FoldProps {
  readonly title: ReactNode;
  /** Short description of the content, shown beside the title. */
  readonly summary?: ReactNode;
  readonly level?: 2 | 3 | 4;
  readonly quiet?: boolean;
  readonly defaultOpen?: boolean;
  /** How it is called where its title alone does not say of what it is. Holds the title. */
  readonly label?: string;
  /** Its content is in the page while it is closed: it is found by a search, and printed. */
  readonly isKept?: boolean;
  readonly children: ReactNode;
}

/** A native button and what it folds: every figure has two, and React Aria's disclosure is a dozen components. */
export function Fold({
  title,
  summary,
  level = 3,
  quiet = false,
  defaultOpen = false,
  label,
  isKept = false,
  children,
}: FoldProps) {
  const [opened, setOpened] = useState(defaultOpen);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();
  const [buttonId, panelId] = [`${id}button`, `${id}panel`];
  const Heading = `h${level}` as const;
  useLayoutEffect(() => {
    // React knows the attribute without a value only.
    if (opened) panel.current?.removeAttribute('hidden');
    else panel.current?.setAttribute('hidden', 'until-found');
  }, [opened]);
  useEffect(() => {
    const found = (): void => setOpened(true);
    const element = panel.current;
    element?.addEventListener('beforematch', found);
    return () => element?.removeEventListener('beforematch', found);
  }, []);
  return (
    <div className={quiet ? css.foldQuiet : css.fold} data-expanded={opened || undefined}>
      <Heading className={css.foldHeading}>
        <button
          type="button"
          id={buttonId}
          className={css.foldTrigger}
          aria-label={label}
          aria-expanded={opened}
          aria-controls={panelId}
          onClick={() => setOpened(!opened)}
        >
          <span className={css.chevron}>
            <ChevronIcon />
          </span>
          <span className={css.foldTitle}>{title}</span>
          {summary && <span className={css.foldSummary}>{summary}</span>}
        </button>
      </Heading>
      <div
        ref={panel}
        id={panelId}
        className={css.foldPanel}
        role="group"
        aria-labelledby={buttonId}
        data-kept={isKept || undefined}
      >
        {/* Other closed folds render nothing, so that long tables cost nothing while a study runs. */}
        {(opened || isKept) && <div className={css.foldBody}>{children}</div>}
      </div>
    </div>
  );
}
