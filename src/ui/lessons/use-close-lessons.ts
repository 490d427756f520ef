import { closeLessons } from '../../state/lessons/lessons-store.ts';
import { useServices } from '../context.ts';
import { focusSuccessor } from '../focus-successor.ts';

/** Closes the lessons. The keyboard goes on at what opens them: beside an unfolded study in the header, otherwise on the first screen. */
export function useCloseLessons(): () => void {
  const { lessons } = useServices();
  return () => {
    closeLessons(lessons);
    focusSuccessor('[data-opens-lessons]');
  };
}
