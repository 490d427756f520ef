import { Button } from 'react-aria-components';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import { openLessons } from '../../state/lessons/lessons-store.ts';
import { useServices } from '../context.ts';
import header from '../header/header.module.css';
import { useCloseLessons } from './use-close-lessons.ts';
import { useLessons } from './use-lessons.ts';

/** Opens and closes the lessons. */
export function LessonsButton() {
  const { lessons } = useServices();
  const close = useCloseLessons();
  const isOpen = useLessons((state) => state.isOpen);
  return (
    <Button
      className={header.headerButton}
      data-opens-lessons
      aria-expanded={isOpen}
      onPress={() => (isOpen ? close() : openLessons(lessons))}
    >
      {LESSON_WORDS.lessons}
    </Button>
  );
}
