/** Load it through workbench.ts. */
export { HeaderTools } from './header/HeaderTools.tsx';
export { StudyPanel } from './study/StudyPanel.tsx';
export { StudySheet } from './study/StudySheet.tsx';
