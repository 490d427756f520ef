import { Suspense } from 'react';
import { LanguageButtons } from '../language/LanguageButtons.tsx';
import { PagePart } from '../lessons/PagePart.tsx';
import { useStudyOpen } from '../use-study-open.ts';
import { HeaderTools } from '../workbench.ts';
import css from './header.module.css';
import { HEADER_WORDS } from './messages.ts';
import { ShareButton } from './ShareButton.tsx';
import { ThemeToggle } from './ThemeToggle.tsx';

export function Header() {
  const isStudyOpen = useStudyOpen();
  return (
    <header className={css.header} data-story={!isStudyOpen || undefined}>
      <div className={css.inner}>
        <h1 className={css.name}>CopRA Playground</h1>
        {isStudyOpen && <p className={css.tagline}>{HEADER_WORDS.tagline}</p>}
        <div className={css.tools}>
          {isStudyOpen && (
            <Suspense>
              <HeaderTools />
            </Suspense>
          )}
          <PagePart name="share">
            <ShareButton />
          </PagePart>
          {isStudyOpen && <LanguageButtons show="codes" className={css.headerButton} />}
          <ThemeToggle />
        </div>
      </div>
    </header>
  );
}
