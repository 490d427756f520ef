import { memo, useState } from 'react';
import { useStore } from 'zustand/react';
import { NOTEBOOK_FILE, pythonFiles, pythonZip, SCRIPT_FILE } from '../../../share/python/python-files.ts';
import { whyNoPython } from '../../../share/python/script.ts';
import { findBackbone } from '../../../state/models/backbones.ts';
import { chosenTask } from '../../../state/study/chosen-task.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { saveBlob, saveText } from '../../charts/download.ts';
import { useServices, useStudy } from '../../context.ts';
import { errorText } from '../../../core/error-text.ts';
import { bundledFilesOf } from '../../../state/pictures/bundled-files-client.ts';
import { ErrorText } from '../../controls/ErrorText.tsx';
import { Button } from '../../controls/Button.tsx';
import css from './adapters.module.css';
import { ADAPTER_WORDS } from './messages.ts';

interface PythonButtonsProps {
  /** Of which the task may be taken. */
  readonly result: StudyResult | null;
}

/** The next run in Python: script, notebook, or everything in a zip. Remembered: the panel around it is rendered whenever a running study tells something. */
export const PythonButtons = memo(function PythonButtons({ result }: PythonButtonsProps) {
  const { study, dataset, models } = useServices();
  const backbone = useStudy((state) => state.config.backbone);
  const incomplete = useStudy((state) => state.config.incomplete);
  const stored = useStore(models, (state) => state.models);
  const why = whyNoPython({ backbone, incomplete }, findBackbone(backbone, stored)?.facts.family ?? null);
  // Looked up when a button is pressed, so that no other change of the settings or the images renders anything here.
  const chosen = () => {
    const { config } = study.getState();
    return [config, chosenTask(config, dataset.getState(), result)] as const;
  };
  const [problem, setProblem] = useState<string | null>(null);
  const [writing, setWriting] = useState(false);
  const saveZip = async () => {
    setProblem(null);
    setWriting(true);
    try {
      const [config, task] = chosen();
      const zip = pythonZip(config, task, await bundledFilesOf(config));
      saveBlob(new Blob([zip], { type: 'application/zip' }), 'copra-python.zip');
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setWriting(false);
    }
  };
  const save = (name: string, type: string) => saveText(pythonFiles(...chosen())[name], name, type);
  return (
    <>
      <Button isDisabled={why !== null} onPress={() => save(SCRIPT_FILE, 'text/x-python')}>
        {ADAPTER_WORDS.script}
      </Button>
      <Button isDisabled={why !== null} onPress={() => save(NOTEBOOK_FILE, 'application/x-ipynb+json')}>
        {ADAPTER_WORDS.notebook}
      </Button>
      <Button isDisabled={why !== null || writing} onPress={() => void saveZip()}>
        {ADAPTER_WORDS.pythonZip}
      </Button>
      {problem !== null && <ErrorText>{problem}</ErrorText>}
      {why !== null && <span className={css.note}>{why}</span>}
    </>
  );
});
