/** What an open lesson sees and shows of the page; apart from the other hooks, because the page loads without it. */
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand/react';
import type { LessonStep, LessonView } from '../../lessons/lesson.ts';
import { lessonView } from '../../state/lessons/lesson-view.ts';
import { keepSaved } from '../../state/lessons/lessons-store.ts';
import { showMap } from '../../state/map/map-store.ts';
import { MAP_PRESETS } from '../../study/map/presets.ts';
import { shownOfArms } from '../../study/result/result-parts.ts';
import { useServices, useStudy } from '../context.ts';
import { useAtValue } from '../results/sweep/sweep-view.ts';
import { useLessons } from './use-lessons.ts';

export function useLessonView(): LessonView {
  const { adapters, lessons, maps, study } = useServices();
  const held = useStore(adapters, (state) => state.adapters);
  const extras = useStore(adapters, (state) => state.extras);
  // Of a sweep, the figures show one value.
  const result = useAtValue(
    useStudy((state) => state.result),
    shownOfArms,
  );
  const source = useStudy((state) => state.source);
  const status = useStudy((state) => state.status);
  const config = useStudy((state) => state.config);
  const map = useStore(maps);
  const saved = useLessons((state) => state.saved);
  useEffect(() => void keepSaved(lessons, study, document.baseURI), [lessons, study]);
  return useMemo(
    () => lessonView({ result, source, status, config }, { adapters: held, extras }, map, saved),
    [result, source, status, config, held, extras, map, saved],
  );
}

/** Shows the map of a step in the measure that it reads. The map stays when the step is left: later steps read it. */
export function useMapOf({ map }: LessonStep): void {
  const { maps } = useServices();
  useEffect(() => {
    const preset = MAP_PRESETS.find(({ id }) => id === map?.id);
    if (!preset || !map) return;
    showMap(maps, window, preset);
    maps.setState({ measure: map.measure });
  }, [maps, map]);
}
