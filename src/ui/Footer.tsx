import css from './App.module.css';
import { GlossaryButton } from './glossary/GlossaryButton.tsx';

/** Documents of the repository, served beside the page. */
const notice = new URL('../../NOTICE', import.meta.url).href;
const architecture = new URL('../../docs/architecture.md', import.meta.url).href;

export function Footer({ version }: { version: string }) {
  return (
    <footer className={css.footer}>
      <p>
        <strong>Everything runs in this browser.</strong> Your images, adapters and results stay on your device; nothing
        is uploaded and nothing is counted.
      </p>
      <p>
        Method: <a href="https://arxiv.org/abs/2410.22911">CopRA (arXiv 2410.22911)</a> and{' '}
        <a href="https://arxiv.org/abs/2506.05713">CoTo (arXiv 2506.05713)</a>. Models here are small: expect the
        direction of the papers’ findings, not their numbers.
      </p>
      <p>
        Artwork: Noto Emoji © Google (Apache 2.0), Twemoji © Twitter and contributors (CC BY 4.0), Fluent Emoji ©
        Microsoft (MIT), EmojiTwo © its contributors (CC BY 4.0), OpenMoji (CC BY-SA 4.0), FxEmojis © Mozilla (Apache
        2.0). Sources and terms in the <a href={notice}>notice</a>.
      </p>
      <p>
        CopRA Playground {version} · MIT licence · <a href={architecture}>how it is built</a> · <GlossaryButton />
      </p>
    </footer>
  );
}
