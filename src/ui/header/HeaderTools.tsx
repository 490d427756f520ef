import { LessonsButton } from '../lessons/LessonsButton.tsx';
import { PagePart } from '../lessons/PagePart.tsx';
import { BackendBadge } from './BackendBadge.tsx';
import { PresetMenu } from './PresetMenu.tsx';

/**
 * What the header offers beside an unfolded study: first what grows by itself, so that it moves nothing else. The page's story has a way into the lessons of
 * its own.
 */
export function HeaderTools() {
  return (
    <>
      <PagePart name="device">
        <BackendBadge />
      </PagePart>
      <PagePart name="presets">
        <PresetMenu />
      </PagePart>
      <LessonsButton />
    </>
  );
}
