import { useStore } from 'zustand/react';
import { useServices } from './context.ts';
import { useLessons } from './lessons/use-lessons.ts';

/** Whether the study's settings are unfolded beside the page: by the reader, by what they opened, or by a lesson, which points at them. */
export function useStudyOpen(): boolean {
  const isOpen = useStore(useServices().fold, (state) => state.isOpen && !state.isSheet);
  const isLesson = useLessons((state) => state.isOpen);
  return isOpen || isLesson;
}
