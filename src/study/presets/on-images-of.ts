/** Ready-made settings on the images of another study. */
import type { StudyConfig } from '../config/config.ts';

/** The settings on the images of a study, which its backbone sees at its size and by its prompts. */
export const onImagesOf = (
  { task, backbone, imageSize, prompts }: StudyConfig,
  settings: StudyConfig,
): StudyConfig => ({
  ...settings,
  task,
  backbone,
  ...(imageSize !== undefined && { imageSize }),
  ...(prompts && { prompts }),
});

/** Whether they are about tasks that they name, and so of no other images. */
export const isOfNamedTasks = ({ analyses }: StudyConfig): boolean => (analyses.multitask?.tasks.length ?? 0) > 0;

/** What choosing a preset makes of a study: the reader's own images stay its task. */
export const withPreset = (study: StudyConfig, preset: StudyConfig): StudyConfig =>
  study.task !== 'dropped' || isOfNamedTasks(preset) ? preset : onImagesOf(study, preset);
