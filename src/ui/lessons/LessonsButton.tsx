import { Button } from 'react-aria-components';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import { closeLessons, openLessons } from '../../state/lessons/lessons-store.ts';
import { useServices } from '../context.ts';
import header from '../header/header.module.css';
import { useLessons } from './use-lessons.ts';

/** Opens and closes the lessons. Closed, they are opened beside an unfolded study in the header, otherwise on the first screen: the keyboard goes on there. */
export function LessonsButton() {
  const { lessons } = useServices();
  const isOpen = useLessons((state) => state.isOpen);
  return (
    <Button
      className={header.headerButton}
      data-opens-lessons
      data-focus-next="[data-opens-lessons]"
      aria-expanded={isOpen}
      onPress={() => (isOpen ? closeLessons : openLessons)(lessons)}
    >
      {LESSON_WORDS.lessons}
    </Button>
  );
}
