import { LessonsButton } from '../lessons/LessonsButton.tsx';
import { PagePart } from '../lessons/PagePart.tsx';
import { BackendBadge } from './BackendBadge.tsx';
import { PresetMenu } from './PresetMenu.tsx';

/** What the header offers beside an unfolded study. The page's story has a way into the lessons of its own. */
export function HeaderTools() {
  return (
    <>
      <LessonsButton />
      <PagePart name="presets">
        <PresetMenu />
      </PagePart>
      <PagePart name="device">
        <BackendBadge />
      </PagePart>
    </>
  );
}
