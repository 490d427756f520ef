import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { useState, type ReactNode } from 'react';
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
  return (
    <Disclosure className={quiet ? css.foldQuiet : css.fold} isExpanded={opened} onExpandedChange={setOpened}>
      <Heading level={level} className={css.foldHeading}>
        <Button slot="trigger" className={css.foldTrigger} aria-label={label}>
          <span className={css.chevron}>
            <ChevronIcon />
          </span>
          <span className={css.foldTitle}>{title}</span>
          {summary && <span className={css.foldSummary}>{summary}</span>}
        </Button>
      </Heading>
      <DisclosurePanel className={css.foldPanel} data-kept={isKept || undefined}>
        {/* Other closed folds render nothing, so that long tables cost nothing while a study runs. */}
        {(opened || isKept) && <div className={css.foldBody}>{children}</div>}
      </DisclosurePanel>
    </Disclosure>
  );
}
