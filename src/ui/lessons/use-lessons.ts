/** React hooks for the lessons' state and messages. */
import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import type { LessonView } from '../../lessons/lesson.ts';
import type { Messages } from '../../lessons/messages/index.ts';
import { lessonView } from '../../state/lessons/lesson-view.ts';
import type { LessonsState } from '../../state/lessons/lessons-store.ts';
import { useServices, useStudy } from '../context.ts';

export function useLessons<T>(selector: (state: LessonsState) => T): T {
  return useStore(useServices().lessons, selector);
}

export const useMessages = (): Messages => useLessons((state) => state.messages);

export function useLessonView(): LessonView {
  const { adapters } = useServices();
  const held = useStore(adapters, (state) => state.adapters);
  const extras = useStore(adapters, (state) => state.extras);
  const result = useStudy((state) => state.result);
  const source = useStudy((state) => state.source);
  const status = useStudy((state) => state.status);
  const config = useStudy((state) => state.config);
  return useMemo(
    () => lessonView({ result, source, status, config }, { adapters: held, extras }),
    [result, source, status, config, held, extras],
  );
}
