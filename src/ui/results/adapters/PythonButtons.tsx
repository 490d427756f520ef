import { memo } from 'react';
import { useStore } from 'zustand/react';
import { NOTEBOOK_FILE, pythonFiles, pythonZip, SCRIPT_FILE } from '../../../share/python/python-files.ts';
import { whyNoPython } from '../../../share/python/script.ts';
import { findBackbone } from '../../../state/models/backbones.ts';
import { chosenTask } from '../../../state/study/chosen-task.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { saveBlob, saveText } from '../../charts/download.ts';
import { useServices, useStudy } from '../../context.ts';
import { Button } from '../../controls/Button.tsx';
import css from './adapters.module.css';
import { ADAPTER_WORDS } from './messages.ts';

interface PythonButtonsProps {
  /** Of which the task may be taken. */
  readonly result: StudyResult | null;
}

/** The next run in Python: script, notebook, or everything in a zip. Remembered: the panel around it is rendered whenever a running study tells something. */
export const PythonButtons = memo(function PythonButtons({ result }: PythonButtonsProps) {
  const config = useStudy((study) => study.config);
  const images = useStore(useServices().dataset);
  const task = chosenTask(config, images, result);
  const models = useStore(useServices().models, (state) => state.models);
  const why = whyNoPython(config, findBackbone(config.backbone, models)?.facts.family ?? null);
  const save = (name: string, type: string) => saveText(pythonFiles(config, task)[name], name, type);
  return (
    <>
      <Button isDisabled={why !== null} onPress={() => save(SCRIPT_FILE, 'text/x-python')}>
        {ADAPTER_WORDS.script}
      </Button>
      <Button isDisabled={why !== null} onPress={() => save(NOTEBOOK_FILE, 'application/x-ipynb+json')}>
        {ADAPTER_WORDS.notebook}
      </Button>
      <Button
        isDisabled={why !== null}
        onPress={() => saveBlob(new Blob([pythonZip(config, task)], { type: 'application/zip' }), 'copra-python.zip')}
      >
        {ADAPTER_WORDS.pythonZip}
      </Button>
      {why !== null && <span className={css.note}>{why}</span>}
    </>
  );
});
