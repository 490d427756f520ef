/** Opens the study's settings: beside the page, or over it on a phone. */
import { chooseStudyOpen, openSheet } from '../../state/page/study-fold.ts';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { ChevronIcon } from '../controls/icons.tsx';
import { usePhone } from '../use-phone.ts';
import { preloadWorkbench } from '../workbench.ts';
import { STORY } from './messages.ts';

/** @param isShort one word of it is seen */
export function StudyButton({ isShort = false }: { readonly isShort?: boolean }) {
  const { fold } = useServices();
  const isPhone = usePhone();
  const open = (): void =>
    void preloadWorkbench().then(() => (isPhone ? openSheet(fold) : chooseStudyOpen(fold, true)));
  return (
    <Button kind="quiet" data-opens-study data-focus-next="#study-title" onPress={open} aria-label={STORY.openStudy}>
      {isShort ? STORY.study : STORY.openStudy}
      <ChevronIcon />
    </Button>
  );
}
