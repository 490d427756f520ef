/** React hooks for the lessons' state and messages. */
import { useStore } from 'zustand/react';
import type { Messages } from '../../lessons/messages/index.ts';
import type { LessonsState } from '../../state/lessons/lessons-store.ts';
import { useServices } from '../context.ts';

export function useLessons<T>(selector: (state: LessonsState) => T): T {
  return useStore(useServices().lessons, selector);
}

export const useMessages = (): Messages => useLessons((state) => state.messages);
