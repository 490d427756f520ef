import { useEffect, useState } from 'react';
import { useStore } from 'zustand/react';
import { promptOf } from '../../data/bundled/tasks.ts';
import { warning, type Problem } from '../../data/files/problem.ts';
import { splitModelId } from '../../model/hub/model-id.ts';
import { useServices, useStudy } from '../context.ts';
import { useSettled } from '../use-settled.ts';

const NONE: readonly Problem[] = [];

/**
 * Classes of the data set that are one to the backbone, because it does not know the words in which they differ. Asked of bundled backbones: others know
 * parts of every word, and would have to be fetched.
 */
export function useAlikeClasses(): readonly Problem[] {
  const { dataset, namer } = useServices();
  const used = useStore(dataset, (state) => state.used);
  const backbone = useStudy(({ config }) => config.backbone);
  const imageSize = useStudy(({ config }) => config.imageSize);
  const prompts = useStudy(({ config }) => config.prompts);
  const names = useSettled(used.map(({ name }) => name).join('\n'));
  const [found, setFound] = useState(NONE);
  useEffect(() => {
    let current = true;
    const tell = (notices: readonly string[]): void => {
      if (current) setFound(notices.map((notice) => warning(null, notice)));
    };
    const classes = names === '' || splitModelId(backbone) ? [] : names.split('\n');
    const task = { classes, prompts: classes.map(promptOf) };
    const config = { backbone, imageSize, prompts };
    const asked = classes.length > 0 ? namer.ask('check-classes', { config, task }) : Promise.resolve([]);
    // What cannot be asked is told when the study runs.
    void asked.then(tell, () => tell([]));
    return () => void (current = false);
  }, [namer, names, backbone, imageSize, prompts]);
  return found;
}
