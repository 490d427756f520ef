/** React hook for the lessons' state. */
import { useStore } from 'zustand/react';
import type { LessonsState } from '../../state/lessons/lessons-store.ts';
import { useServices } from '../context.ts';

export function useLessons<T>(selector: (state: LessonsState) => T): T {
  return useStore(useServices().lessons, selector);
}
