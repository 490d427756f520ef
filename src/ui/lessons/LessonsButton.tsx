import { Button } from 'react-aria-components';
import { closeLessons, openLessons } from '../../state/lessons/lessons-store.ts';
import { useServices } from '../context.ts';
import header from '../header/header.module.css';
import { useLessons, useMessages } from './use-lessons.ts';

/** Opens and closes the lessons. */
export function LessonsButton() {
  const { lessons } = useServices();
  const messages = useMessages();
  const isOpen = useLessons((state) => state.isOpen);
  const locale = useLessons((state) => state.locale);
  return (
    <Button
      className={header.headerButton}
      lang={locale}
      aria-expanded={isOpen}
      onPress={() => (isOpen ? closeLessons(lessons) : openLessons(lessons))}
    >
      {messages.lessons}
    </Button>
  );
}
