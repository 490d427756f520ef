import css from './App.module.css';
import { GlossaryButton } from './glossary/GlossaryButton.tsx';
import { LanguageButtons } from './language/LanguageButtons.tsx';
import { PAGE_WORDS } from './messages.ts';
import { useStudyOpen } from './use-study-open.ts';

/** Documents of the repository, served beside the page. */
const notice = new URL('../../NOTICE', import.meta.url).href;
const architecture = new URL('../../docs/architecture.md', import.meta.url).href;

export function Footer({ version }: { version: string }) {
  const words = PAGE_WORDS.footer;
  // The header of an unfolded study has them at hand; the first screen is kept free.
  const isStudyOpen = useStudyOpen();
  return (
    <footer className={css.footer}>
      <p>
        <strong>{words.here}</strong> {words.stays}
      </p>
      <p>
        {words.method} <a href="https://arxiv.org/abs/2410.22911">CopRA (arXiv 2410.22911)</a> {words.and}{' '}
        <a href="https://arxiv.org/abs/2506.05713">CoTo (arXiv 2506.05713)</a>. {words.small}
      </p>
      <p>
        {words.artwork} <a href={notice}>{words.notice}</a>.
      </p>
      <p>
        CopRA Playground {version} · {words.licence} · <a href={architecture}>{words.built}</a> · <GlossaryButton />
        {!isStudyOpen && (
          <>
            {' · '}
            <LanguageButtons show="names" className={css.footerButton} />
          </>
        )}
      </p>
    </footer>
  );
}
