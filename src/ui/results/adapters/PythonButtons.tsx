import { memo } from 'react';
import { NOTEBOOK_FILE, pythonFiles, pythonZip, SCRIPT_FILE } from '../../../share/python/python-files.ts';
import type { ScriptTask } from '../../../share/python/script.ts';
import type { StudyConfig } from '../../../study/config/config.ts';
import { saveBlob, saveText } from '../../charts/download.ts';
import { Button } from '../../controls/Button.tsx';
import { ADAPTER_WORDS } from './messages.ts';

interface PythonButtonsProps {
  readonly config: StudyConfig;
  readonly task: ScriptTask | null;
}

/** The study in Python: script, notebook, or everything in a zip. Remembered: the panel around it is rendered whenever a running study tells something. */
export const PythonButtons = memo(function PythonButtons({ config, task }: PythonButtonsProps) {
  const save = (name: string, type: string) => saveText(pythonFiles(config, task)[name], name, type);
  return (
    <>
      <Button onPress={() => save(SCRIPT_FILE, 'text/x-python')}>{ADAPTER_WORDS.script}</Button>
      <Button onPress={() => save(NOTEBOOK_FILE, 'application/x-ipynb+json')}>{ADAPTER_WORDS.notebook}</Button>
      <Button
        onPress={() => saveBlob(new Blob([pythonZip(config, task)], { type: 'application/zip' }), 'copra-python.zip')}
      >
        {ADAPTER_WORDS.pythonZip}
      </Button>
    </>
  );
});
