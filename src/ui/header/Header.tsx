import { BackendBadge } from './BackendBadge.tsx';
import { LessonsButton } from '../lessons/LessonsButton.tsx';
import { PagePart } from '../lessons/PagePart.tsx';
import css from './header.module.css';
import { PresetMenu } from './PresetMenu.tsx';
import { ShareButton } from './ShareButton.tsx';
import { ThemeToggle } from './ThemeToggle.tsx';

export function Header() {
  return (
    <header className={css.header}>
      <div className={css.inner}>
        <h1 className={css.name}>CopRA Playground</h1>
        <p className={css.tagline}>Train LoRA and CopRA side by side in your browser, and see what they learn</p>
        <div className={css.tools}>
          <LessonsButton />
          <PagePart name="presets">
            <PresetMenu />
          </PagePart>
          <PagePart name="device">
            <BackendBadge />
          </PagePart>
          <PagePart name="share">
            <ShareButton />
          </PagePart>
          <ThemeToggle />
        </div>
      </div>
    </header>
  );
}
