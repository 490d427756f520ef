import { useStore } from 'zustand/react';
import { useServices } from './context.ts';
import { useLessons } from './lessons/use-lessons.ts';

/** Whether the study's settings are unfolded: by the reader, by what they opened, or by a lesson, which points at them. */
export function useStudyOpen(): boolean {
  const isOpen = useStore(useServices().fold, (state) => state.isOpen);
  const isLesson = useLessons((state) => state.isOpen);
  return isOpen || isLesson;
}
