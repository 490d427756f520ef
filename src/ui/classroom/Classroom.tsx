import { Suspense } from 'react';
import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { lazily } from '../lazily.tsx';

const ClassroomFigure = lazily(async () => (await import('./ClassroomFigure.tsx')).ClassroomFigure);

/** Shows the class once there is one. */
export function Classroom() {
  const { classroom } = useServices();
  const isClass = useStore(classroom, (state) => state.students.length > 0);
  if (!isClass) return null;
  return (
    <Suspense>
      <ClassroomFigure />
    </Suspense>
  );
}
